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
        new ClientError.ConnectionLost(PendingOperation.Greeting, "closed by the server", "'WELC'")
        {
            Server = EndPoint,
        },
        new ClientError.ConnectedToSelf(EndPoint),
        new ClientError.TimedOut(Echo, TimeSpan.FromSeconds(2.5)) { Server = EndPoint },
        new ClientError.ProtocolError(new ProtocolViolation.UnsolicitedReply("'BYE'")) { Server = EndPoint },
        new ClientError.ErrorReply(Echo, ErrorCode.LineTooLong, "'LINE_TOO_LONG'"),
        new ClientError.Goodbye(ErrorCode.ServerBusy) { Server = EndPoint },
        new ClientError.TlsHandshakeFailed(new ServerEndPoint.Tls(Server), "the certificate is out of date"),
    ];

    /// <summary>The messages; no other test pins them.</summary>
    public static TheoryData<int, string> Messages { get; } =
        new()
        {
            { 0, "Invalid port '99999'. Expected: a whole number from 1 to 65535." },
            { 1, "The connection was closed by QUIT. Connect again." },
            {
                3,
                "Cannot connect to '127.0.0.1:40000': connection refused. Is a server running there? Check host and port."
            },
            {
                4,
                "Connection to '127.0.0.1:40000' lost while waiting for the greeting (closed by the server after the "
                    + "partial line 'WELC'). Try again."
            },
            {
                5,
                "Connected to itself at '127.0.0.1:40000': no server listens there. Is a server running? Check host and "
                    + "port."
            },
            {
                6,
                @"Timed out after 2.5 s at '127.0.0.1:40000' waiting for the reply to 'ECHO a\x1Bb'. Is a TinyTCP server "
                    + "running there? Allow more time if it is slow."
            },
            {
                7,
                "Protocol violation: the server '127.0.0.1:40000' sent 'BYE' without a request. Check that it is a TinyTCP server."
            },
            {
                8,
                @"Error 'LINE_TOO_LONG' as the reply to 'ECHO a\x1Bb'. "
                    + $"{ErrorCode.LineTooLong.Description} {ErrorCode.LineTooLong.Advice}"
            },
            {
                9,
                "The server '127.0.0.1:40000' closed the connection with error SERVER_BUSY. "
                    + $"{ErrorCode.ServerBusy.Description} {ErrorCode.ServerBusy.Advice}"
            },
            {
                10,
                "TLS handshake with 'tls://127.0.0.1:40000' failed (the certificate is out of date). Check that the server "
                    + "speaks TLS, and that this machine trusts its certificate."
            },
        };

    [Theory]
    [MemberData(nameof(Messages))]
    public void A_message_says_what_failed_with_which_value_and_what_to_do(int index, string message)
    {
        Assert.Equal(message, OneOfEach[index].Message);
        Assert.Equal(message, OneOfEach[index].ToString());
    }

    [Fact]
    public void A_message_about_an_attached_stream_names_no_server() =>
        Assert.StartsWith(
            "The server closed the connection with error SERVER_BUSY. ",
            new ClientError.Goodbye(ErrorCode.ServerBusy).Message,
            StringComparison.Ordinal
        );

    [Theory]
    [InlineData(
        "unix:/x",
        SocketError.ConnectionRefused,
        "Cannot connect to 'unix:/x': connection refused. Is a server running there? Check the path."
    )]
    [InlineData(
        "unix:/x",
        SocketError.AddressNotAvailable,
        "Cannot connect to 'unix:/x': no such socket. Is a server running there? Check the path."
    )]
    [InlineData(
        "host:1",
        SocketError.AddressNotAvailable,
        "Cannot connect to 'host:1': no local port or address is free for it (Cannot assign requested address). Closed connections keep their ports for a minute: wait, or use fewer connections."
    )]
    [InlineData(
        "host:1",
        SocketError.TooManyOpenSockets,
        "Cannot connect to 'host:1': too many open files. Raise the limit (ulimit -n)."
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
    public void Each_case_has_the_kind_of_its_name() =>
        Assert.All(OneOfEach, static error => Assert.Equal(Name(error.GetType()), error.Kind.ToString()));

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
