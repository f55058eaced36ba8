using System.Collections.Immutable;

namespace TinyTcp.Tests.Conventions;

/// <summary>Which nodes refer to which: folders of a project, or files.</summary>
internal sealed class Arrows
{
    private readonly ILookup<string, (string To, SourceReference Cause)> from;

    private Arrows(IEnumerable<(string From, string To, SourceReference Cause)> arrows) =>
        from = arrows
            .Where(static arrow => !string.Equals(arrow.From, arrow.To, StringComparison.Ordinal))
            .ToLookup(
                static arrow => arrow.From,
                static arrow => (arrow.To, arrow.Cause),
                StringComparer.Ordinal
            );

    /// <summary>The references within a project, with a node for what <paramref name="node"/> makes of a file.</summary>
    internal static Arrows Within(SourceProject project, Func<string, string> node)
    {
        var files = project.Files.ToHashSet(StringComparer.Ordinal);
        return new(
            SourceCode
                .References.Where(reference => files.Contains(reference.From) && files.Contains(reference.To))
                .Select(reference => (node(reference.From), node(reference.To), reference))
        );
    }

    /// <summary>Each arrow that is part of a cycle, with a reference that causes it.</summary>
    internal IEnumerable<string> OnCycles() =>
        from node in @from
        from arrow in node.DistinctBy(static arrow => arrow.To, StringComparer.Ordinal)
        where Reached(arrow.To).Contains(node.Key)
        select $"{node.Key} -> {arrow.To}: {arrow.Cause}";

    /// <summary>Each node with the nodes that it refers to, both in order.</summary>
    internal IEnumerable<(string From, ImmutableArray<string> To)> Rows() =>
        from.OrderBy(static node => node.Key, StringComparer.Ordinal)
            .Select(static node =>
                (
                    node.Key,
                    node.Select(static arrow => arrow.To)
                        .Distinct(StringComparer.Ordinal)
                        .Order(StringComparer.Ordinal)
                        .ToImmutableArray()
                )
            );

    private HashSet<string> Reached(string start)
    {
        var reached = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<string>([start]);
        while (open.TryPop(out var node))
        {
            if (reached.Add(node))
            {
                foreach (var arrow in from[node])
                {
                    open.Push(arrow.To);
                }
            }
        }

        return reached;
    }
}
