using System.Diagnostics.CodeAnalysis;
using LanguageExt;
using TinyTcp.Client.Options;
using TinyTcp.Client.Primitives;
using TinyTcp.Core.Replies;

namespace TinyTcp.Client.Connections;

/// <content>Replies on their way in.</content>
internal sealed partial class Connection
{
    private async Task RunReaderAsync()
    {
        try
        {
            Option<ClientError> over = default;
            while (over.IsNone)
            {
                if (reader.TryReadLine(out var line))
                {
                    over = OnLine(line);
                }
                else
                {
                    // Replies that came together have made room together: what takes it leaves together.
                    SendWaiting();
                    over = await reader
                        .ReceiveAsync(OldestOperation, cancellation.Token)
                        .ConfigureAwait(false);
                }
            }

            Disconnect(ToDisconnectError((ClientError)over));
        }
        catch (Exception gone) when (IsCausedByClose(gone))
        {
            // Whoever ended it has told everybody.
        }
        catch (Exception others)
        {
            DisconnectWithException(others);
        }
        finally
        {
            await replyTimer.DisposeAsync().ConfigureAwait(false);
            await WaitForWriterAsync().ConfigureAwait(false);
            await stream.DisposeAsync().ConfigureAwait(false);
            metrics.ConnectionClosed();
        }
    }

    private bool IsCausedByClose(Exception exception) =>
        exception is OperationCanceledException or ObjectDisposedException
        && cancellation.IsCancellationRequested;

    /// <summary>One line of the server's: the reply to the oldest request, or the end of it all.</summary>
    private Option<ClientError> OnLine(ReadOnlyMemory<byte> line)
    {
        if (!TryDequeueOldest(line.Span, out var oldest))
        {
            return OnUnsolicitedLine(line);
        }

        try
        {
            return OnReply(oldest, line);
        }
        catch (Exception thrown)
        {
            // Nobody else knows of this request any more.
            DisconnectWithException(thrown);
            oldest.FailWithException(thrown);
            throw;
        }
    }

    private Option<ClientError> OnReply(IPendingRequest request, ReadOnlyMemory<byte> line)
    {
        var read = ReceivedReply.Parse(line, request.Operation);
        if (request.Operation.IsQuit && read.Exists(static received => received.Reply == Reply.Bye))
        {
            OnBye(request, (ReceivedReply)read);
            return default;
        }

        var error = read.IsLeft ? (ClientError)read : request.OnReply((ReceivedReply)read);
        var over = error.Filter(static known => known.EndsConnection);
        if (over.IsSome)
        {
            // Nobody is told before every later call would be told the same.
            Disconnect((ClientError)over);
            request.Fail((ClientError)over);
        }
        else
        {
            HasReceivedReply = true;
            if (request.Operation.IsQuit)
            {
                OnQuitRejected();
            }
        }

        metrics.RequestCompleted(request.StartedAt, error);
        return over;
    }

    private ClientError OnUnsolicitedLine(ReadOnlyMemory<byte> line) =>
        state == State.ByeReceived
            ? DisconnectReason.UnsolicitedLine(Quote.Of(line.Span))
            : ReceivedReply.ToUnsolicitedError(line);

    /// <summary>QUIT was answered by BYE: whoever asked is told when the server has closed.</summary>
    private void OnBye(IPendingRequest quit, ReceivedReply reply)
    {
        bool isLate;
        lock (gate)
        {
            isLate = isEnded;
            if (!isLate)
            {
                acknowledgedQuit = (quit, reply with { Line = reply.Line.ToArray() });
                state = State.ByeReceived;
                byeReceivedAt = options.TimeProvider.GetTimestamp();
                replyTimer.Start();
            }
        }

        if (isLate)
        {
            // Whoever ended it has told the others.
            completeRequest(quit);
        }

        metrics.RequestCompleted(quit.StartedAt, default);
    }

    /// <summary>QUIT was refused: what was asked behind it will be taken up.</summary>
    private void OnQuitRejected()
    {
        lock (gate)
        {
            state = State.Open;
        }
    }

    private bool TryDequeueOldest(ReadOnlySpan<byte> line, [MaybeNullWhen(false)] out IPendingRequest oldest)
    {
        lock (gate)
        {
            if (isEnded)
            {
                oldest = null;
                return false;
            }

            options.OnLine(new WireLine(WireDirection.Received, line));
            return pending.TryDequeue(out oldest);
        }
    }

    /// <summary>Ends when nobody writes to the stream any more, once the conversation is over.</summary>
    private Task WaitForWriterAsync()
    {
        lock (gate)
        {
            return isSending ? writerStopped.Task : Task.CompletedTask;
        }
    }

    private PendingOperation OldestOperation()
    {
        lock (gate)
        {
            return pending.TryPeek(out var oldest) ? oldest.Operation
                : state == State.ByeReceived ? PendingOperation.Close
                : PendingOperation.Request;
        }
    }
}
