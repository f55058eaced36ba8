using TinyTcp.Cli.Shell;

namespace TinyTcp.Tests.Client.Shell;

internal static class ShellStateExtensions
{
    internal static ShellState After(this ShellState state, IEnumerable<ShellEvent> events) =>
        events.Aggregate(state, static (current, happened) => current.Update(happened));
}
