using System.Collections.Immutable;
using LanguageExt;

namespace TinyTcp.Systems;

/// <summary>One system for each of several loops, which share the listeners.</summary>
/// <param name="Systems">The systems. Each belongs to its loop, which disposes it once all loops have ended.</param>
/// <param name="MaxConnections">How many connections the machine allows all of them together, at least 1.</param>
public sealed record SystemGroup<TSystem>(ImmutableArray<TSystem> Systems, long MaxConnections)
    where TSystem : ISystem
{
    /// <summary>Creates all systems, or none.</summary>
    /// <returns>The group; or the first error: then the systems created before it are disposed.</returns>
    internal static Either<IoError, SystemGroup<TSystem>> Create(
        int count,
        long maxConnections,
        Func<Either<IoError, TSystem>> create
    )
    {
        var systems = new List<TSystem>(count);
        while (systems.Count < count)
        {
            var created = create();
            if (created.IsLeft)
            {
                systems.ForEach(static system => system.Dispose());
                return (IoError)created;
            }

            systems.Add((TSystem)created);
        }

        return new SystemGroup<TSystem>([.. systems], maxConnections);
    }
}
