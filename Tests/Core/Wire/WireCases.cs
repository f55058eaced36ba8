using TinyTcp.Core.Commands;
using TinyTcp.Core.Errors;
using TinyTcp.Core.Replies;
using TinyTcp.Core.Verbs;
using TinyTcp.Core.Wire;
using TinyTcp.Tests.Core.Sessions;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Core.Wire;

/// <summary>Values and their bytes on the wire. Tests use the table in both directions.</summary>
public static class WireCases
{
    public static TheoryData<Reply, string> Replies =>
        new()
        {
            { Protocol.Greeting, "WELCOME, I'm TinyServer not pressure\n" },
            { Reply.Welcome(TestValues.Text("x")), "WELCOME, x\n" },
            { Reply.Time(Timestamp.From(TestValues.Moment)), "TIME 2025-09-12T17:24:13-05:00\n" },
            { Reply.Time(default), "TIME 0001-01-01T00:00:00+00:00\n" },
            { Reply.Echo(TestValues.Text("Hello from client")), "ECHO Hello from client\n" },
            { Reply.Echo(TestValues.Text("é")), "ECHO \xC3\xA9\n" },
            { Reply.Echo(TestValues.Text("a \t b")), "ECHO a \t b\n" },
            { Reply.Help(CommandTable.HelpText), $"HELP COMMANDS: {Model.HelpText}\n" },
            { Reply.Bye, "BYE\n" },
            { Reply.Error(ErrorCode.UnknownCommand), "ERROR UNKNOWN_COMMAND\n" },
            { Reply.Error(ErrorCode.BadArguments), "ERROR BAD_ARGUMENTS\n" },
            { Reply.Error(ErrorCode.BadEncoding), "ERROR BAD_ENCODING\n" },
            { Reply.Error(ErrorCode.LineTooLong), "ERROR LINE_TOO_LONG\n" },
            { Reply.Error(ErrorCode.WrongProtocol), "ERROR WRONG_PROTOCOL\n" },
            { Reply.Error(ErrorCode.UnterminatedLine), "ERROR UNTERMINATED_LINE\n" },
            { Reply.Error(ErrorCode.IdleTimeout), "ERROR IDLE_TIMEOUT\n" },
            { Reply.Error(ErrorCode.LineTimeout), "ERROR LINE_TIMEOUT\n" },
            { Reply.Error(ErrorCode.TooManyErrors), "ERROR TOO_MANY_ERRORS\n" },
            { Reply.Error(ErrorCode.TooManyConnections), "ERROR TOO_MANY_CONNECTIONS\n" },
            { Reply.Error(ErrorCode.ServerBusy), "ERROR SERVER_BUSY\n" },
            { Reply.Error(ErrorCode.ShuttingDown), "ERROR SHUTTING_DOWN\n" },
            { Reply.Error(TestValues.Text("SOME_LATER_WORD")), "ERROR SOME_LATER_WORD\n" },
        };

    public static TheoryData<Command, string> Commands =>
        new()
        {
            { Command.Time, "TIME\n" },
            { Command.Echo(TestValues.Text("Hello from client")), "ECHO Hello from client\n" },
            { Command.Echo(TestValues.Text("漢")), "ECHO \xE6\xBC\xA2\n" },
            { Command.Help, "HELP\n" },
            { Command.Quit, "QUIT\n" },
        };
}
