using System.Diagnostics.CodeAnalysis;
using LanguageExt;
using TinyTcp.Core.Replies;

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
                if (reader.TryTake(out var line))
                {
                    over = Hear(line);
                }
                else
                {
                    // Replies that came together have made room together: what takes it leaves together.
                    TakeUp();
                    over = await reader.ReceiveAsync(Oldest, closing.Token).ConfigureAwait(false);
                }
            }

            End(Meaning((ClientError)over));
        }
        catch (Exception gone) when (IsAfterTheEnd(gone))
        {
            // Whoever ended it has told everybody.
        }
        catch (Exception others)
        {
            Break(others);
        }
        finally
        {
            await patience.DisposeAsync().ConfigureAwait(false);
            await SentAsync().ConfigureAwait(false);
            await stream.DisposeAsync().ConfigureAwait(false);
            metrics.Closed();
        }
    }

    private bool IsAfterTheEnd(Exception gone) =>
        gone is OperationCanceledException or ObjectDisposedException && closing.IsCancellationRequested;

    /// <summary>One line of the server's: the reply to the oldest request, or the end of it all.</summary>
    private Option<ClientError> Hear(ReadOnlyMemory<byte> line)
    {
        if (!TryTakeOldest(line.Span, out var oldest))
        {
            return HearUnasked(line);
        }

        try
        {
            return HearReply(oldest, line);
        }
        catch (Exception thrown)
        {
            // Nobody else knows of this request any more.
            Break(thrown);
            oldest.Break(thrown);
            throw;
        }
    }

    private Option<ClientError> HearReply(IPending oldest, ReadOnlyMemory<byte> line)
    {
        var read = Said.Read(line, oldest.Awaited);
        if (oldest.Awaited.IsQuit && read.Exists(static said => said.Reply == Reply.Bye))
        {
            Leave(oldest, (Said)read);
            return default;
        }

        var error = read.IsLeft ? (ClientError)read : oldest.Hear((Said)read);
        var over = error.Filter(static known => known.EndsConversation);
        if (over.IsSome)
        {
            // Nobody is told before every later call would be told the same.
            End((ClientError)over);
            oldest.Fail((ClientError)over);
        }
        else
        {
            WasAnswered = true;
            if (oldest.Awaited.IsQuit)
            {
                Stay();
            }
        }

        metrics.Answered(oldest.Since, error);
        return over;
    }

    private ClientError HearUnasked(ReadOnlyMemory<byte> line) =>
        stage == Stage.Leaving ? Ending.Unasked(Quote.Of(line.Span)) : Said.Unasked(line);

    /// <summary>QUIT was answered by BYE: whoever asked is told when the server has closed.</summary>
    private void Leave(IPending quit, Said said)
    {
        bool isLate;
        lock (gate)
        {
            isLate = isEnding;
            if (!isLate)
            {
                leaving = (quit, said with { Line = said.Line.ToArray() });
                stage = Stage.Leaving;
                byeAt = options.Time.GetTimestamp();
                patience.Begin();
            }
        }

        if (isLate)
        {
            // Whoever ended it has told the others.
            tell(quit);
        }

        metrics.Answered(quit.Since, default);
    }

    /// <summary>QUIT was refused: what was asked behind it will be taken up.</summary>
    private void Stay()
    {
        lock (gate)
        {
            stage = Stage.Open;
        }
    }

    private bool TryTakeOldest(ReadOnlySpan<byte> line, [MaybeNullWhen(false)] out IPending oldest)
    {
        lock (gate)
        {
            if (isEnding)
            {
                oldest = null;
                return false;
            }

            options.Observer(new WireLine(WireDirection.Received, line));
            return pending.TryDequeue(out oldest);
        }
    }

    /// <summary>Ends when nobody writes to the stream any more, once the conversation is over.</summary>
    private Task SentAsync()
    {
        lock (gate)
        {
            return isSending ? sent.Task : Task.CompletedTask;
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
