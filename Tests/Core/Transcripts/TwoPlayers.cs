using System.Collections.Immutable;
using TinyTcp.Core.Transcripts;
using TinyTcp.Core.Wire;
using TinyTcp.Tests.Support;

namespace TinyTcp.Tests.Core.Transcripts;

/// <summary>The client's part of a transcript played to the server's part, over connections in memory. No time passes.</summary>
internal sealed class TwoPlayers
{
    private readonly Queue<TranscriptPlayer> remaining;
    private readonly Pipe toServer = new();
    private readonly Pipe toClient = new();
    private TranscriptPlayer client;
    private TranscriptPlayer server = TranscriptPlayer.Start(Transcript.Empty);

    private TwoPlayers(Transcript transcript)
    {
        client = TranscriptPlayer.Start(transcript);
        remaining = new(TranscriptServer.Start(transcript, TestValues.Moment));
    }

    /// <summary>The mismatches of both.</summary>
    internal static ImmutableArray<Mismatch> Play(Transcript transcript)
    {
        var both = new TwoPlayers(transcript);
        var mismatches = ImmutableArray.CreateBuilder<Mismatch>();
        while (both.client.Next.IsSome)
        {
            if (TestValues.Given(both.client.Next) is PlayerStep.Connect)
            {
                mismatches.AddRange(both.EndServer());
                both.server = both.remaining.Dequeue().Done();
                both.client = both.client.Done();
            }
            else
            {
                both.client = both.Advance(both.client, both.toClient, both.toServer);
            }
        }

        return [.. mismatches, .. both.EndServer(), .. both.client.Mismatches];
    }

    /// <summary>Does a step that does not wait, or lets the other one do its steps.</summary>
    private TranscriptPlayer Advance(TranscriptPlayer player, Pipe input, Pipe output)
    {
        switch (TestValues.Given(player.Next))
        {
            case PlayerStep.Send send:
                output.Write(send.Bytes);
                return player.Done();
            case PlayerStep.Finish:
                output.IsFinished = true;
                return player.Done();
            default:
                if (input == toClient && !input.HasLine)
                {
                    AdvanceServer();
                }

                return player.Received(input.Read());
        }
    }

    /// <summary>The server does all that it can.</summary>
    private void AdvanceServer()
    {
        var hasReceived = true;
        while (hasReceived && server.Next.IsSome && !toClient.HasLine)
        {
            hasReceived = TestValues.Given(server.Next) is not PlayerStep.Receive || !toServer.IsEmpty;
            server = hasReceived ? Advance(server, toServer, toClient) : server;
        }
    }

    private ImmutableList<Mismatch> EndServer()
    {
        toServer.IsFinished = true;
        while (server.Next.IsSome)
        {
            server = Advance(server, toServer, toClient);
        }

        toServer.Clear();
        toClient.Clear();
        return server.Mismatches;
    }

    /// <summary>One direction of a connection.</summary>
    private sealed class Pipe
    {
        private readonly List<byte> bytes = [];

        internal bool IsFinished { get; set; }

        internal bool IsEmpty => bytes.Count == 0;

        internal bool HasLine => bytes.Contains(Grammar.Lf);

        internal void Write(ByteString written) => bytes.AddRange(written.Span);

        internal void Clear()
        {
            bytes.Clear();
            IsFinished = false;
        }

        /// <summary>A line; or else the part of one; or else the end, or silence.</summary>
        internal PlayerInput Read()
        {
            var end = bytes.IndexOf(Grammar.Lf);
            var line = ByteString.From([.. bytes[..(end < 0 ? bytes.Count : end)]]);
            bytes.RemoveRange(0, end < 0 ? bytes.Count : end + 1);
            return end >= 0 || line.Memory.Length > 0
                    ? new PlayerInput.Line(line, end >= 0, TestValues.Moment)
                : IsFinished ? new PlayerInput.Closed()
                : new PlayerInput.Silence();
        }
    }
}
