using TinyTcp.Core.Errors;
using TinyTcp.Systems.Simulated;
using TinyTcp.Tests.Support;

namespace TinyTcp.Tests.Server;

/// <summary>A client that ends each line at the step after it began it, and reads something at each step.</summary>
internal sealed class PacedClient(SimulatedPeer peer)
{
    private const int Acts = 6;
    private const int LongLine = 500;

    private string unfinished = "";
    private bool hasQuit;

    internal SimulatedPeer Peer => peer;

    /// <summary>The greeting and the replies to all lines that it has ended.</summary>
    internal string Expected { get; private set; } = Simulation.Greeting;

    internal string Received => Simulation.ReceivedBy(peer);

    internal bool SawFin => peer.SawFin;

    internal bool SawReset => peer.SawReset;

    /// <summary>Whether it has received FIN, and everything before it, or a reset.</summary>
    internal bool IsOver => SawReset || (SawFin && peer.UnreadBytes == 0);

    /// <summary>Ends the line that it began, and sends something else.</summary>
    internal void Act(int act)
    {
        EndLine();
        switch (act % Acts)
        {
            case 0:
                Send("ECHO whole\n", "ECHO whole\n");
                break;
            case 1:
                Begin("ECHO half");
                break;
            case 2:
                Send("\n", "");
                break;
            case 3:
                Send("ECHO one\nECHO two\n", "ECHO one\nECHO two\n");
                break;
            case 4:
                Begin($"ECHO {new string('x', LongLine)}");
                break;
            default:
                Send("unknown\n", WireBytes.Line(ErrorCode.UnknownCommand));
                break;
        }
    }

    /// <summary>Ends the line that it began, and requests the close. It continues to send.</summary>
    internal void Quit()
    {
        EndLine();
        Send("QUIT\n", "");
        hasQuit = true;
    }

    /// <summary>Reads, and sends more if the server should discard it.</summary>
    internal void Read()
    {
        peer.Read();
        if (hasQuit && !SawFin)
        {
            peer.Send("ECHO more\n"u8);
        }
        else if (SawFin)
        {
            peer.Finish();
        }
    }

    private void Begin(string line)
    {
        unfinished = line;
        peer.Send(WireBytes.Bytes(line));
    }

    private void EndLine()
    {
        if (unfinished.Length > 0)
        {
            Send(" end\n", $"{unfinished} end\n");
            unfinished = "";
        }
    }

    private void Send(string lines, string replies)
    {
        peer.Send(WireBytes.Bytes(lines));
        Expected += replies;
    }
}
