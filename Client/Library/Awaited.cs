using TinyTcp.Core;

namespace TinyTcp.Client;

/// <summary>What a client waits for: a closed union. <c>default(Awaited)</c> is Connection.</summary>
public readonly record struct Awaited
{
    private enum Case : byte
    {
        Connection,
        Greeting,
        Reply,
        Close,
    }

    private readonly Case @case;
    private readonly Command command;

    private Awaited(Case @case, Command command = default)
    {
        this.@case = @case;
        this.command = command;
    }

    /// <summary>The host's address, and then a connection to it.</summary>
    public static Awaited Connection => default;

    /// <summary>The greeting, which a server says before anything is asked .</summary>
    public static Awaited Greeting => new(Case.Greeting);

    /// <summary>The server's end of the connection after BYE (C-6).</summary>
    public static Awaited Close => new(Case.Close);

    /// <summary>The reply to a request .</summary>
    /// <param name="command">The request.</param>
    public static Awaited ReplyTo(Command command) => new(Case.Reply, command);

    /// <summary>One function for each case; exactly one is called.</summary>
    public T Match<T>(Func<T> connection, Func<T> greeting, Func<Command, T> reply, Func<T> close) =>
        @case switch
        {
            Case.Greeting => greeting(),
            Case.Reply => reply(command),
            Case.Close => close(),
            _ => connection(),
        };

    /// <summary>What is waited for, as it stands in a sentence.</summary>
    /// <returns>Such as <c>the reply to 'TIME'</c>.</returns>
    public override string ToString() =>
        Match(
            connection: static () => "a connection",
            greeting: static () => "the greeting",
            reply: static command => $"the reply to {Quote.Of(Protocol.Render(command))}",
            close: static () => "the end of the connection after BYE"
        );
}
