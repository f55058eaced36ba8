using System.Collections.Immutable;
using System.Net.Sockets;
using LanguageExt;

namespace TinyTcp.Systems;

/// <summary>One system for each of several loops. The first accepts for all of them.</summary>
/// <param name="Systems">The systems. Each belongs to its loop, which disposes it once all loops have ended.</param>
/// <param name="MaxConnections">How many connections the machine allows all of them together, at least 1.</param>
public sealed record SystemGroup<TSystem>(ImmutableArray<TSystem> Systems, long MaxConnections)
    where TSystem : ISystem
{
    /// <summary>Creates all systems, or none.</summary>
    /// <param name="count">How many, at least 1.</param>
    /// <param name="maxConnections">How many connections the machine allows all of them together, at least 1.</param>
    /// <param name="listeners">What the first of them listens on.</param>
    /// <param name="create">Creates one system with its listeners.</param>
    /// <returns>The group; or the first error: then the systems created before it are disposed.</returns>
    internal static Either<IoError, SystemGroup<TSystem>> Create(
        int count,
        long maxConnections,
        ImmutableArray<Socket> listeners,
        Func<ImmutableArray<Socket>, Either<IoError, TSystem>> create
    )
    {
        var systems = new List<TSystem>(count);
        while (systems.Count < count)
        {
            var created = create(systems.Count == 0 ? listeners : []);
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
