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
    internal sealed record LineSent : ShellEvent;

    internal sealed record LineReceived(ByteString Line) : ShellEvent;

    internal sealed record Connected : ShellEvent;

    internal sealed record Disconnected(ClientError Error) : ShellEvent;

    /// <summary>A request has ended. Its reply has been an event of its own.</summary>
    internal sealed record RequestCompleted(int RequestNumber, Either<ClientError, string> Result)
        : ShellEvent;

    internal sealed record Resized : ShellEvent;

    /// <summary>The process was stopped and continues.</summary>
    internal sealed record Continued : ShellEvent;
}
