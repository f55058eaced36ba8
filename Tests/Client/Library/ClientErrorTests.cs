using System.Net.Sockets;
using TinyTcp.Client.Primitives;
using TinyTcp.Core.Commands;
using TinyTcp.Core.Errors;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Client.Library;

/// <summary>Codes and messages of the errors. Only this class tests the messages' text.</summary>
public class ClientErrorTests
{
    private static readonly HostPort Server = TestValues.Right(HostPort.From("127.0.0.1", 40000));
    private static readonly ServerEndPoint EndPoint = new ServerEndPoint.Tcp(Server);
    private static readonly PendingOperation Echo = PendingOperation.ReplyTo(
        Command.Echo(TestValues.Text("a\u001Bb"))
    );

    /// <summary>One of each case.</summary>
    internal static IReadOnlyList<ClientError> OneOfEach { get; } =
    [
        new ClientError.InvalidArgument("port", "99999", "a whole number from 1 to 65535"),
        new ClientError.ClientClosed(ClosedBy.Quit),
        new ClientError.NameResolutionFailed(Server, SocketError.HostNotFound),
        new ClientError.ConnectFailed(EndPoint, SocketError.ConnectionRefused),
        new ClientError.ConnectionLost(PendingOperation.Greeting, "the server closed it", "'WELC'"),
        new ClientError.ConnectedToSelf(EndPoint),
        new ClientError.TimedOut(Echo, TimeSpan.FromSeconds(2.5)),
        new ClientError.ProtocolError(new ProtocolViolation.UnsolicitedReply("'BYE'")),
        new ClientError.ErrorReply(Echo, ErrorCode.LineTooLong, "'LINE_TOO_LONG'"),
        new ClientError.Goodbye(ErrorCode.ServerBusy),
        new ClientError.TlsHandshakeFailed(new ServerEndPoint.Tls(Server), "the certificate is out of date"),
    ];

    /// <summary>The message of each case, by its index in <see cref="OneOfEach"/>.</summary>
    public static TheoryData<int, string> Messages { get; } =
        new()
        {
            { 0, "The port is '99999': give a whole number from 1 to 65535." },
            { 1, "The conversation is over, because QUIT was answered: connect again." },
            { 3, "Nothing listens on '127.0.0.1:40000': start a server there, or check host and port." },
            {
                4,
                "The connection was lost while the client waited for the greeting (the server closed it after the "
                    + "unfinished line 'WELC'): try again, or ask whoever runs the server."
            },
            {
                5,
                "The client connected to itself, because nothing listens on '127.0.0.1:40000' and the system "
                    + "picked that port for the client: start a server there, or check host and port."
            },
            {
                6,
                @"The client waited 2.5 s in vain for the reply to 'ECHO a\x1Bb': try again, allow more time, or "
                    + "check that a TinyTCP server is there."
            },
            {
                7,
                "The server broke the protocol, as it said 'BYE' without being asked: check that it is a TinyTCP "
                    + "server."
            },
            {
                8,
                @"The server said the error 'LINE_TOO_LONG' instead of the reply to 'ECHO a\x1Bb': "
                    + $"{ErrorCode.LineTooLong.Description} {ErrorCode.LineTooLong.Advice}"
            },
            {
                9,
                "The server ended the conversation with SERVER_BUSY: "
                    + $"{ErrorCode.ServerBusy.Description} {ErrorCode.ServerBusy.Advice}"
            },
            {
                10,
                "'tls://127.0.0.1:40000' gave no TLS connection that can be trusted (the certificate is out of date): "
                    + "check that it speaks TLS, its certificate, and which ones this machine trusts."
            },
        };

    [Theory]
    [MemberData(nameof(Messages))]
    public void A_message_says_what_failed_with_which_value_and_what_to_do(int index, string message)
    {
        Assert.Equal(message, OneOfEach[index].Message);
        Assert.Equal(message, OneOfEach[index].ToString());
    }

    [Theory]
    [InlineData(
        "unix:/x",
        SocketError.ConnectionRefused,
        "Nothing listens on 'unix:/x': start a server there, or check the path."
    )]
    [InlineData(
        "unix:/x",
        SocketError.AddressNotAvailable,
        "There is no 'unix:/x': start a server there, or check the path."
    )]
    [InlineData(
        "host:1",
        SocketError.TooManyOpenSockets,
        "'host:1' cannot be called, as too many files are open: let this program open more (ulimit -n)."
    )]
    public void The_advice_of_ConnectFailed_depends_on_the_end_point_and_the_reason(
        string endPoint,
        SocketError reason,
        string message
    ) =>
        Assert.Equal(
            message,
            new ClientError.ConnectFailed(TestValues.Right(ServerEndPoint.From(endPoint)), reason).Message
        );

    [Fact]
    public void OneOfEach_has_every_case() =>
        Assert.Equal(
            typeof(ClientError).GetNestedTypes().Where(static type => !type.IsAbstract).Select(Name).Order(),
            OneOfEach.Select(static error => Name(error.GetType())).Order()
        );

    [Fact]
    public void Each_case_has_its_own_code_and_server_errors_have_the_protocols() =>
        Assert.Equal(
            [
                "INVALID_ARGUMENT",
                "CLIENT_CLOSED",
                "NAME_RESOLUTION_FAILED",
                "CONNECT_FAILED",
                "CONNECTION_LOST",
                "CONNECTED_TO_SELF",
                "TIMED_OUT",
                "PROTOCOL_ERROR",
                "LINE_TOO_LONG",
                "SERVER_BUSY",
                "TLS_HANDSHAKE_FAILED",
            ],
            OneOfEach.Select(static error => error.Code)
        );

    [Fact]
    public void Only_InvalidArgument_and_ErrorReply_keep_the_connection() =>
        Assert.Equal<string>(
            ["InvalidArgument", "ErrorReply"],
            OneOfEach
                .Where(static error => !error.EndsConnection)
                .Select(static error => Name(error.GetType()))
        );

    [Fact]
    public void The_default_PendingOperation_is_Connection() =>
        Assert.Equal(PendingOperation.Connection, default);

    private static string Name(Type type) => type.Name;
}
