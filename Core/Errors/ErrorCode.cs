using System;
using System.Collections.Immutable;
using System.Linq;
using System.Text;
using LanguageExt;
using TinyTcp.Core.Wire;

namespace TinyTcp.Core.Errors;

/// <summary>
/// The protocol's error codes: a closed set. Wire, logs, metrics, the client and protocol.md's table follow from it.
/// <c>default(ErrorCode)</c> is UNKNOWN_COMMAND.
/// </summary>
public readonly partial record struct ErrorCode
{
    private enum Case : byte
    {
        UnknownCommand,
        BadArguments,
        BadEncoding,
        LineTooLong,
        WrongProtocol,
        UnterminatedLine,
        IdleTimeout,
        LineTimeout,
        TooManyErrors,
        ServerBusy,
        TooManyConnections,
        ShuttingDown,
    }

    private static readonly ImmutableArray<LineText> Words =
    [
        .. Enum.GetValues<Case>().Select(static @case => LineText.Literal(new ErrorCode(@case).Name)),
    ];

    private readonly Case @case;

    private ErrorCode(Case @case) => this.@case = @case;

    /// <summary>The first word is not a command (C-1).</summary>
    public static ErrorCode UnknownCommand => new(Case.UnknownCommand);

    /// <summary>The command lacks its text (C-4).</summary>
    public static ErrorCode BadArguments => new(Case.BadArguments);

    /// <summary>The line is not UTF-8 (F-7).</summary>
    public static ErrorCode BadEncoding => new(Case.BadEncoding);

    /// <summary>The line is longer than the limit (F-4).</summary>
    public static ErrorCode LineTooLong => new(Case.LineTooLong);

    /// <summary>The line belongs to another protocol (S-8).</summary>
    public static ErrorCode WrongProtocol => new(Case.WrongProtocol);

    /// <summary>The peer finished in the middle of a line (F-6).</summary>
    public static ErrorCode UnterminatedLine => new(Case.UnterminatedLine);

    /// <summary>No line arrived in time (S-5).</summary>
    public static ErrorCode IdleTimeout => new(Case.IdleTimeout);

    /// <summary>A line took too long from its first byte to its LF (S-6).</summary>
    public static ErrorCode LineTimeout => new(Case.LineTimeout);

    /// <summary>Too many errors in a row (S-7).</summary>
    public static ErrorCode TooManyErrors => new(Case.TooManyErrors);

    /// <summary>The server has reached its connection limit (S-10).</summary>
    public static ErrorCode ServerBusy => new(Case.ServerBusy);

    /// <summary>The client's address has reached its connection limit (S-11).</summary>
    public static ErrorCode TooManyConnections => new(Case.TooManyConnections);

    /// <summary>The server is shutting down (S-9).</summary>
    public static ErrorCode ShuttingDown => new(Case.ShuttingDown);

    /// <summary>All codes, in the order of protocol.md's table.</summary>
    public static ImmutableArray<ErrorCode> All { get; } =
    [.. Enum.GetValues<Case>().Select(static @case => new ErrorCode(@case))];

    /// <summary>The code on the wire, such as <c>UNKNOWN_COMMAND</c>.</summary>
    public string Name =>
        @case switch
        {
            Case.UnknownCommand => "UNKNOWN_COMMAND",
            Case.BadArguments => "BAD_ARGUMENTS",
            Case.BadEncoding => "BAD_ENCODING",
            Case.LineTooLong => "LINE_TOO_LONG",
            Case.WrongProtocol => "WRONG_PROTOCOL",
            Case.UnterminatedLine => "UNTERMINATED_LINE",
            Case.IdleTimeout => "IDLE_TIMEOUT",
            Case.LineTimeout => "LINE_TIMEOUT",
            Case.TooManyErrors => "TOO_MANY_ERRORS",
            Case.ServerBusy => "SERVER_BUSY",
            Case.TooManyConnections => "TOO_MANY_CONNECTIONS",
            Case.ShuttingDown => "SHUTTING_DOWN",
        };

    /// <summary>Whether it is a goodbye: sent at most once, last, and then the server closes .</summary>
    public bool EndsConnection =>
        @case switch
        {
            Case.UnknownCommand or Case.BadArguments or Case.BadEncoding or Case.LineTooLong => false,
            Case.WrongProtocol or Case.UnterminatedLine or Case.IdleTimeout or Case.LineTimeout => true,
            Case.TooManyErrors or Case.ServerBusy or Case.TooManyConnections or Case.ShuttingDown => true,
        };

    /// <summary>The code on the wire, as text.</summary>
    public LineText Word => Words[(int)@case];

    /// <summary>Finds a code by its word, in any letter case .</summary>
    /// <param name="word">The word after <c>ERROR</c>.</param>
    /// <returns>The code, or none if this version does not know the word.</returns>
    public static Option<ErrorCode> Find(LineText word) =>
        All.Where(code => Ascii.EqualsIgnoreCase(word.Bytes, code.Word.Bytes)).ToOption();

    /// <summary>The code on the wire.</summary>
    public override string ToString() => Name;
}
