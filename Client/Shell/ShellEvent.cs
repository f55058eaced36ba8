using LanguageExt;
using TinyTcp.Cli.Shell.Editing;
using TinyTcp.Client.Primitives;
using TinyTcp.Core.Wire;

namespace TinyTcp.Cli.Shell;

/// <summary>An event that <see cref="ShellState"/> handles.</summary>
internal abstract record ShellEvent
{
    private ShellEvent() { }

    internal sealed record KeyPressed(EditorAction Action) : ShellEvent;

    /// <summary>A request was sent, which may be one that was cancelled meanwhile.</summary>
    /// <param name="At">When, since the shell's start.</param>
    internal sealed record LineSent(TimeSpan At) : ShellEvent;

    /// <summary>A line was received.</summary>
    /// <param name="Line">The line.</param>
    /// <param name="At">When, since the shell's start.</param>
    internal sealed record LineReceived(ByteString Line, TimeSpan At) : ShellEvent;

    internal sealed record Connected : ShellEvent;

    internal sealed record Disconnected(ClientError Error) : ShellEvent;

    /// <summary>A request has ended. Its reply has been an event of its own.</summary>
    internal sealed record RequestCompleted(int RequestNumber, Either<ClientError, string> Result)
        : ShellEvent;

    internal sealed record Resized : ShellEvent;

    /// <summary>The process was stopped and continues.</summary>
    internal sealed record Continued : ShellEvent;
}
