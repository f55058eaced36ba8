namespace TinyTcp.Core.Errors;

/// <summary>
/// The error codes of the protocol: a closed set, one row each in <see cref="ErrorTable"/>. The same word stands on
/// the wire, in logs, in metrics and in the client's errors. <c>default(ProtocolError)</c> is UNKNOWN_COMMAND.
/// </summary>
public readonly record struct ErrorCode
{
    private readonly byte row;

    internal ErrorCode(int row) => this.row = (byte)row;

    /// <summary>The first word is no command (C-1).</summary>
    public static ErrorCode UnknownCommand => new(0);

    /// <summary>The command lacks the text it needs (C-4).</summary>
    public static ErrorCode BadArguments => new(1);

    /// <summary>The line is not UTF-8 (F-7).</summary>
    public static ErrorCode BadEncoding => new(2);

    /// <summary>The line has more bytes than the limit (F-4).</summary>
    public static ErrorCode LineTooLong => new(3);

    /// <summary>The line is another protocol's (S-8).</summary>
    public static ErrorCode WrongProtocol => new(4);

    /// <summary>The peer finished in the middle of a line (F-6).</summary>
    public static ErrorCode UnterminatedLine => new(5);

    /// <summary>No line came for too long (S-5).</summary>
    public static ErrorCode IdleTimeout => new(6);

    /// <summary>A line took too long from its first byte to its LF (S-6).</summary>
    public static ErrorCode LineTimeout => new(7);

    /// <summary>Too many requests in a row were answered by an error (S-7).</summary>
    public static ErrorCode TooManyErrors => new(8);

    /// <summary>The server has as many connections as it may (S-10).</summary>
    public static ErrorCode ServerBusy => new(9);

    /// <summary>The client's address has as many connections as one may (S-11).</summary>
    public static ErrorCode TooManyConnections => new(10);

    /// <summary>The server is stopping (S-9).</summary>
    public static ErrorCode ShuttingDown => new(11);

    /// <summary>The word on the wire.</summary>
    public string Name => Spec.Code;

    /// <summary>Whether it ends the connection; otherwise it answers a request and the connection goes on.</summary>
    public bool EndsConnection => Spec.Effect == ErrorEffect.EndsConnection;

    /// <summary>The code's row in the table.</summary>
    public ErrorSpec Spec => ErrorTable.Rows[row];

    /// <summary>The code as on the wire.</summary>
    /// <returns>Such as <c>UNKNOWN_COMMAND</c>.</returns>
    public override string ToString() => Name;
}
