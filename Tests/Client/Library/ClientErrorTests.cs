using System.Net.Sockets;
using TinyTcp.Client;
using TinyTcp.Core.Commands;
using TinyTcp.Core.Errors;
using TinyTcp.Core.Replies;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Client.Library;

/// <summary>Every error says whose fault it is, in one safe line.</summary>
public class ClientErrorTests
{
    private static readonly ServerAddress Server = TestValues.Right(ServerAddress.From("127.0.0.1", 40000));
    private static readonly Target Target = new Target.Tcp(Server);
    private static readonly Awaited Echo = Awaited.ReplyTo(Command.Echo(TestValues.Text("a\u001Bb")));

    /// <summary>One of each case.</summary>
    internal static IReadOnlyList<ClientError> OneOfEach { get; } =
    [
        new ClientError.BadArgument("port", "99999", "a whole number from 1 to 65535"),
        new ClientError.Over(EndedBy.Quit),
        new ClientError.NotResolved(Server, SocketError.HostNotFound),
        new ClientError.NotConnected(Target, SocketError.ConnectionRefused),
        new ClientError.Lost(Awaited.Greeting, "the server closed it", "'WELC'"),
        new ClientError.ConnectedToSelf(Target),
        new ClientError.TimedOut(Echo, TimeSpan.FromSeconds(2.5)),
        new ClientError.ProtocolBroken(new Breach.Unasked("'BYE'")),
        new ClientError.Refused(Echo, ErrorCode.LineTooLong, "'LINE_TOO_LONG'"),
        new ClientError.Goodbye(ErrorCode.ServerBusy),
        new ClientError.NotTrusted(new Target.Tls(Server), "the certificate is out of date"),
    ];

    /// <summary>The sentences, which are for people: a change here is a change that they read.</summary>
    public static TheoryData<int, string> Sentences { get; } =
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
    [MemberData(nameof(Sentences))]
    public void It_says_what_happened_what_was_given_and_what_to_do(int which, string sentence)
    {
        Assert.Equal(sentence, OneOfEach[which].Sentence);
        Assert.Equal(sentence, OneOfEach[which].ToString());
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
    public void What_to_do_is_about_what_was_called(string target, SocketError reason, string sentence) =>
        Assert.Equal(
            sentence,
            new ClientError.NotConnected(TestValues.Right(Target.From(target)), reason).Sentence
        );

    [Fact]
    public void The_list_of_one_of_each_case_is_whole() =>
        Assert.Equal(
            typeof(ClientError).GetNestedTypes().Where(static type => !type.IsAbstract).Select(Name).Order(),
            OneOfEach.Select(static error => Name(error.GetType())).Order()
        );

    [Fact]
    public void Each_has_a_name_of_its_own_and_what_a_server_said_has_the_protocols() =>
        Assert.Equal(
            [
                "BAD_ARGUMENT",
                "OVER",
                "NOT_RESOLVED",
                "NOT_CONNECTED",
                "LOST",
                "CONNECTED_TO_SELF",
                "TIMED_OUT",
                "PROTOCOL_BROKEN",
                "LINE_TOO_LONG",
                "SERVER_BUSY",
                "NOT_TRUSTED",
            ],
            OneOfEach.Select(static error => error.Code)
        );

    [Fact]
    public void Match_calls_the_function_of_the_case() =>
        Assert.Equal<string>(
            OneOfEach.Select(static error => Name(error.GetType())),
            OneOfEach.Select(CaseOf)
        );

    [Fact]
    public void Only_bad_arguments_and_refusals_leave_the_conversation_open() =>
        Assert.Equal<string>(
            ["BadArgument", "Refused"],
            OneOfEach
                .Where(static error => !error.EndsConversation)
                .Select(static error => Name(error.GetType()))
        );

    [Fact]
    public void Match_of_a_breach_calls_the_function_of_the_case()
    {
        Breach[] breaches =
        [
            new Breach.NotAReply(ReplyError.NotUtf8, "''", Awaited.Greeting),
            new Breach.WrongReply(Awaited.Greeting, "''"),
            new Breach.LineTooLong(64, "''"),
            new Breach.Unasked("''"),
        ];

        Assert.Equal<string>(
            breaches.Select(static breach => Name(breach.GetType())),
            breaches.Select(static breach =>
                breach.Match(
                    notAReply: static _ => "NotAReply",
                    wrongReply: static _ => "WrongReply",
                    lineTooLong: static _ => "LineTooLong",
                    unasked: static _ => "Unasked"
                )
            )
        );
    }

    [Fact]
    public void Default_of_Awaited_is_a_connection() => Assert.Equal(Awaited.Connection, default);

    private static string Name(Type type) => type.Name;

    private static string CaseOf(ClientError error) =>
        error.Match(
            badArgument: static _ => "BadArgument",
            over: static _ => "Over",
            notResolved: static _ => "NotResolved",
            notConnected: static _ => "NotConnected",
            notTrusted: static _ => "NotTrusted",
            lost: static _ => "Lost",
            connectedToSelf: static _ => "ConnectedToSelf",
            timedOut: static _ => "TimedOut",
            protocolBroken: static _ => "ProtocolBroken",
            refused: static _ => "Refused",
            goodbye: static _ => "Goodbye"
        );
}
