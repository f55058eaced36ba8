using TinyTcp.Core.Sessions;

namespace TinyTcp.Tests.Docs;

/// <summary>The state machine as a Mermaid diagram: an arrow for each pair of states, with its triggers.</summary>
internal static class Diagram
{
    internal static string States() =>
        string.Concat([
            "```mermaid\n",
            "stateDiagram-v2\n",
            "    [*] --> New\n",
            .. Arrows(),
            $"    {SessionState.Ended} --> [*]\n",
            "```\n",
        ]);

    private static IEnumerable<string> Arrows() =>
        Transitions
            .Rows.GroupBy(static row => (row.From, row.Target))
            .Select(static rows =>
                $"    {rows.Key.From} --> {rows.Key.Target}: {string.Join("<br/>", rows.Select(static row => row.Trigger))}\n"
            );
}
