using TinyTcp.Cli.Terminals;
using TinyTcp.Systems.Linux;

namespace TinyTcp.Cli.IO;

/// <summary>
/// Recognizes the errors of a terminal that was closed. They may come before SIGHUP, which says the same. Linux only.
/// </summary>
internal static class ClosedTerminal
{
    /// <summary>Whether reading or writing failed because the terminal was closed.</summary>
    internal static bool IsReasonOf(IOException failed)
    {
        var isInput = failed is InputReadException;
        var error = isInput ? failed.InnerException?.HResult : failed.HResult;
        return error == Libc.EIo
            && (
                Tty.IsClosedTerminal(StandardStreams.Input)
                || Tty.IsClosedTerminal(StandardStreams.Error)
                || (
                    // An output that is still closing is a terminal that cannot be written.
                    isInput
                        ? Tty.IsClosedTerminal(StandardStreams.Output)
                        : Tty.IsOrWasTerminal(StandardStreams.Output)
                )
            );
    }
}
