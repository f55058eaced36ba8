using System.Diagnostics.CodeAnalysis;
using LanguageExt;
using TinyTcp.Core;

namespace TinyTcp.Client;

/// <content>Replies on their way in.</content>
internal sealed partial class Connection
{
    private async Task ReadAsync()
    {
        try
        {
            Option<ClientError> over = default;
            while (over.IsNone)
            {
                over = reader.TryTake(out var line)
                    ? Hear(line)
                    : await reader.ReceiveAsync(Oldest, closing.Token).ConfigureAwait(false);
            }

            End(Meaning((ClientError)over));
        }
        catch (Exception gone)
            when (gone is OperationCanceledException or ObjectDisposedException
                && closing.IsCancellationRequested
            )
        {
            // Whoever ended it has told everybody.
        }
        catch (Exception observers)
        {
            Break(observers);
        }
        finally
        {
            metrics.Closed();
            await patience.DisposeAsync().ConfigureAwait(false);
            await stream.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <summary>One line of the server's: the reply to the oldest request, or the end of it all.</summary>
    private Option<ClientError> Hear(ReadOnlyMemory<byte> line) =>
        TryTakeOldest(line.Span, out var oldest) ? HearReply(oldest, line) : HearUnasked(line);

    private Option<ClientError> HearReply(IPending oldest, ReadOnlyMemory<byte> line)
    {
        var read = Said.Read(line, oldest.Awaited);
        var error = read.IsLeft ? (ClientError)read : oldest.Hear((Said)read);
        var over = error.Filter(static known => known.EndsConversation);
        if (over.IsSome)
        {
            // Nobody is told before every later call would be told the same.
            End((ClientError)over);
            oldest.Fail((ClientError)over);
        }
        else if (oldest.Awaited == Quit)
        {
            AfterQuit((Said)read);
        }

        metrics.Answered(oldest.Since, error);
        return over;
    }

    private ClientError HearUnasked(ReadOnlyMemory<byte> line) =>
        stage == Stage.Leaving ? Unasked(Quote.Of(line.Span)) : Said.Unasked(line);

    /// <summary>QUIT was answered by BYE, or refused.</summary>
    private void AfterQuit(in Said said)
    {
        lock (gate)
        {
            stage = said.Reply == Reply.Bye ? Stage.Leaving : Stage.Open;
            byeAt = options.Time.GetTimestamp();
            patience.Begin();
        }
    }

    private bool TryTakeOldest(ReadOnlySpan<byte> line, [MaybeNullWhen(false)] out IPending oldest)
    {
        lock (gate)
        {
            options.Observer(new WireLine(WireDirection.Received, line));
            if (roomMade.IsSome && pending.Count <= options.MaxPipelined / 2)
            {
                roomMade.Iter(static made => made.TrySetResult());
                roomMade = default;
            }

            return pending.TryDequeue(out oldest);
        }
    }

    private Awaited Oldest()
    {
        lock (gate)
        {
            return pending.TryPeek(out var oldest) ? oldest.Awaited
                : stage == Stage.Leaving ? Awaited.Close
                : Awaited.Request;
        }
    }
}
