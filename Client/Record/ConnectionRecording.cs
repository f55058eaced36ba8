using System.Buffers;
using TinyTcp.Client.Sockets;
using TinyTcp.Core.Transcripts;
using TinyTcp.Core.Wire;

namespace TinyTcp.Cli.Record;

/// <summary>One connection as lines of a transcript. A timestamp of the server is recorded as the placeholder for any.</summary>
/// <param name="write">Writes a line.</param>
internal sealed class ConnectionRecording(Action<TranscriptLine> write) : IConnectionRecorder
{
    private readonly Lock gate = new();

    // The received part of a line.
    private readonly ArrayBufferWriter<byte> partial = new();
    private bool hasFinished;
    private bool hasEnded;

    /// <inheritdoc/>
    public void OnSent(ReadOnlySpan<byte> bytes)
    {
        lock (gate)
        {
            for (var rest = bytes; !rest.IsEmpty && !hasFinished && !hasEnded; )
            {
                var length = LengthOfLine(rest);
                Write(TranscriptEvent.Sent.Of(rest[..length]));
                rest = rest[length..];
            }
        }
    }

    /// <inheritdoc/>
    public void OnReceived(ReadOnlySpan<byte> bytes)
    {
        lock (gate)
        {
            for (var rest = bytes; !rest.IsEmpty; )
            {
                var length = LengthOfLine(rest);
                partial.Write(rest[..length]);
                if (rest[length - 1] == Grammar.Lf)
                {
                    WriteReceived(partial.WrittenSpan[..^1], ended: true);
                }

                rest = rest[length..];
            }

            if (bytes.IsEmpty && !hasEnded)
            {
                if (partial.WrittenCount > 0)
                {
                    WriteReceived(partial.WrittenSpan, ended: false);
                }

                hasEnded = true;
                Write(new TranscriptEvent.Closed());
            }
        }
    }

    /// <inheritdoc/>
    public void OnFinished()
    {
        lock (gate)
        {
            if (!hasFinished && !hasEnded)
            {
                hasFinished = true;
                Write(new TranscriptEvent.Finished());
            }
        }
    }

    private void WriteReceived(ReadOnlySpan<byte> line, bool ended)
    {
        Write(new TranscriptEvent.Received(LinePattern.Exactly(line).WithAnyTime(), ended));
        partial.ResetWrittenCount();
    }

    private void Write(TranscriptEvent @event) => write(new TranscriptLine.Entry(default, @event));

    /// <summary>The length up to an LF, with it; or of all.</summary>
    private static int LengthOfLine(ReadOnlySpan<byte> bytes)
    {
        var end = bytes.IndexOf(Grammar.Lf);
        return end < 0 ? bytes.Length : end + 1;
    }
}
