using System.Collections.Immutable;

namespace TinyTcp.Tests.Conventions;

/// <summary>A directed graph whose nodes are folders or files of a project and whose edges are references.</summary>
internal sealed class DependencyGraph
{
    private readonly ILookup<string, (string To, SourceReference Cause)> edgesFrom;

    private DependencyGraph(IEnumerable<(string From, string To, SourceReference Cause)> edges) =>
        edgesFrom = edges
            .Where(static edge => !string.Equals(edge.From, edge.To, StringComparison.Ordinal))
            .ToLookup(static edge => edge.From, static edge => (edge.To, edge.Cause), StringComparer.Ordinal);

    /// <summary>The references within a project; <paramref name="node"/> maps a file to its node.</summary>
    internal static DependencyGraph Within(SourceProject project, Func<string, string> node)
    {
        var files = project.Files.ToHashSet(StringComparer.Ordinal);
        return new(
            SourceCode
                .References.Where(reference => files.Contains(reference.From) && files.Contains(reference.To))
                .Select(reference => (node(reference.From), node(reference.To), reference))
        );
    }

    /// <summary>Each edge that is part of a cycle, with a reference that causes it.</summary>
    internal IEnumerable<string> EdgesOnCycles() =>
        from node in edgesFrom
        from edge in node.DistinctBy(static edge => edge.To, StringComparer.Ordinal)
        where ReachableFrom(edge.To).Contains(node.Key)
        select $"{node.Key} -> {edge.To}: {edge.Cause}";

    /// <summary>Each node with the nodes that it refers to, sorted.</summary>
    internal IEnumerable<(string From, ImmutableArray<string> To)> Nodes() =>
        edgesFrom
            .OrderBy(static node => node.Key, StringComparer.Ordinal)
            .Select(static node =>
                (
                    node.Key,
                    node.Select(static edge => edge.To)
                        .Distinct(StringComparer.Ordinal)
                        .Order(StringComparer.Ordinal)
                        .ToImmutableArray()
                )
            );

    private HashSet<string> ReachableFrom(string start)
    {
        var reached = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<string>([start]);
        while (open.TryPop(out var node))
        {
            if (reached.Add(node))
            {
                foreach (var edge in edgesFrom[node])
                {
                    open.Push(edge.To);
                }
            }
        }

        return reached;
    }
}
