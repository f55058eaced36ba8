using TinyTcp.Core;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Core;

/// <summary>Each value and its bytes on the wire, once: the tests run the table both ways.</summary>
public static class WireCases
{
    public static TheoryData<Reply, string> Replies =>
        new()
        {
            { Protocol.Greeting, "WELCOME, I'm TinyServer not pressure\n" },
            { Reply.Welcome(Some.Text("x")), "WELCOME, x\n" },
            { Reply.Time(Some.Wall), "TIME 2025-09-12T17:24:13-05:00\n" },
            { Reply.Time(default), "TIME 0001-01-01T00:00:00+00:00\n" },
            { Reply.Echo(Some.Text("Hello from client")), "ECHO Hello from client\n" },
            { Reply.Echo(Some.Text("é")), "ECHO \xC3\xA9\n" },
            { Reply.Echo(Some.Text("a \t b")), "ECHO a \t b\n" },
            { Reply.Help(CommandTable.HelpText), "HELP COMMANDS: TIME | ECHO <TEXT> | HELP | QUIT\n" },
            { Reply.Bye, "BYE\n" },
            { Reply.Error(ProtocolError.UnknownCommand), "ERROR UNKNOWN_COMMAND\n" },
            { Reply.Error(ProtocolError.BadArguments), "ERROR BAD_ARGUMENTS\n" },
            { Reply.Error(ProtocolError.BadEncoding), "ERROR BAD_ENCODING\n" },
            { Reply.Error(ProtocolError.LineTooLong), "ERROR LINE_TOO_LONG\n" },
            { Reply.Error(ProtocolError.WrongProtocol), "ERROR WRONG_PROTOCOL\n" },
            { Reply.Error(ProtocolError.UnterminatedLine), "ERROR UNTERMINATED_LINE\n" },
            { Reply.Error(ProtocolError.IdleTimeout), "ERROR IDLE_TIMEOUT\n" },
            { Reply.Error(ProtocolError.LineTimeout), "ERROR LINE_TIMEOUT\n" },
            { Reply.Error(ProtocolError.TooManyErrors), "ERROR TOO_MANY_ERRORS\n" },
            { Reply.Error(ProtocolError.ServerBusy), "ERROR SERVER_BUSY\n" },
            { Reply.Error(ProtocolError.ShuttingDown), "ERROR SHUTTING_DOWN\n" },
            { Reply.Error(Some.Text("SOME_LATER_WORD")), "ERROR SOME_LATER_WORD\n" },
        };

    public static TheoryData<Command, string> Commands =>
        new()
        {
            { Command.Time, "TIME\n" },
            { Command.Echo(Some.Text("Hello from client")), "ECHO Hello from client\n" },
            { Command.Echo(Some.Text("漢")), "ECHO \xE6\xBC\xA2\n" },
            { Command.Help, "HELP\n" },
            { Command.Quit, "QUIT\n" },
        };
}
