namespace TinyTcp.Core.Errors;

/// <content>The columns of protocol.md's table that are written for people.</content>
public readonly partial record struct ErrorCode
{
    /// <summary>When a server sends it: one sentence for people.</summary>
    public string Description =>
        @case switch
        {
            Case.UnknownCommand => "The first word is not a command.",
            Case.BadArguments => "ECHO without a text.",
            Case.BadEncoding => "The line is not UTF-8.",
            Case.LineTooLong => "The line is longer than the limit.",
            Case.WrongProtocol => "The client speaks HTTP or TLS.",
            Case.UnterminatedLine => "The client finished in the middle of a line.",
            Case.IdleTimeout => "No line arrived in time.",
            Case.LineTimeout => "A line did not end in time.",
            Case.TooManyErrors => "Too many errors in a row.",
            Case.ServerBusy => "The server has reached its connection limit.",
            Case.TooManyConnections => "The client's address has reached its connection limit.",
            Case.ShuttingDown => "The server is shutting down.",
        };

    /// <summary>What a client should do: one sentence for people.</summary>
    public string Advice =>
        @case switch
        {
            Case.UnknownCommand => "Send HELP to see the commands.",
            Case.BadArguments => "Send the text after the command.",
            Case.BadEncoding => "Encode the line as UTF-8.",
            Case.LineTooLong => "Send shorter lines.",
            Case.WrongProtocol => "Speak TinyTCP, or use another port.",
            Case.UnterminatedLine => "End the last line with LF.",
            Case.IdleTimeout => "Connect again when there is work.",
            Case.LineTimeout => "Send whole lines.",
            Case.TooManyErrors => "Correct the requests, then connect again.",
            Case.ServerBusy => "Wait, then try again.",
            Case.TooManyConnections => "Close some connections, then try again.",
            Case.ShuttingDown => "Try again, here or elsewhere.",
        };

    /// <summary>The rule of protocol.md that it belongs to.</summary>
    public string Rule =>
        @case switch
        {
            Case.UnknownCommand => "C-1",
            Case.BadArguments => "C-4",
            Case.BadEncoding => "F-7",
            Case.LineTooLong => "F-4",
            Case.WrongProtocol => "S-8",
            Case.UnterminatedLine => "F-6",
            Case.IdleTimeout => "S-5",
            Case.LineTimeout => "S-6",
            Case.TooManyErrors => "S-7",
            Case.ServerBusy => "S-10",
            Case.TooManyConnections => "S-11",
            Case.ShuttingDown => "S-9",
        };
}
