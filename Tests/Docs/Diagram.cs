using TinyTcp.Core.Sessions;

namespace TinyTcp.Tests.Docs;

/// <summary>The state machine as a Mermaid diagram: one arrow for each two states, with the events that lead there.</summary>
internal static class Diagram
{
    internal static string States() =>
        string.Concat([
            "```mermaid\n",
            "stateDiagram-v2\n",
            "    [*] --> New\n",
            .. Arrows(),
            "    Closed --> [*]\n",
            "```\n",
        ]);

    private static IEnumerable<string> Arrows() =>
        Transitions
            .Rows.GroupBy(static row => (row.From, row.Target))
            .Select(static rows =>
                $"    {rows.Key.From} --> {rows.Key.Target}: {string.Join("<br/>", rows.Select(static row => row.Trigger))}\n"
            );
}
