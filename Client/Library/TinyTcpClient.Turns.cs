using LanguageExt;
using TinyTcp.Core;

namespace TinyTcp.Client;

/// <content>One request at a time, and what stays of it.</content>
public sealed partial class TinyTcpClient
{
    private Task<Either<ClientError, T>> AskAsync<T>(
        Command command,
        Func<Reply, Option<T>> read,
        CancellationToken cancellationToken
    ) => TakeTurnAsync(token => AskInTurnAsync(command, read, token), endedBy: default, cancellationToken);

    private Task<Either<ClientError, T>> AskInTurnAsync<T>(
        Command command,
        Func<Reply, Option<T>> read,
        CancellationToken cancellationToken
    ) =>
        replyDeadline.RunAsync(
            Awaited.ReplyTo(command),
            token => conversation.AskAsync(command, read, token),
            cancellationToken
        );

    private async Task<Either<ClientError, Unit>> QuitInTurnAsync(CancellationToken cancellationToken)
    {
        var bye = await AskInTurnAsync(Command.Quit, Payload.Bye, cancellationToken).ConfigureAwait(false);
        return bye.IsLeft
            ? bye
            : await replyDeadline
                .RunAsync(Awaited.Close, conversation.FinishAsync, cancellationToken)
                .ConfigureAwait(false);
    }

    private async Task<Either<ClientError, T>> TakeTurnAsync<T>(
        Func<CancellationToken, Task<Either<ClientError, T>>> exchange,
        Option<EndedBy> endedBy,
        CancellationToken cancellationToken
    )
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, disposal.Token);
        try
        {
            await turn.WaitAsync(either.Token).ConfigureAwait(false);
            try
            {
                return await UnlessOverAsync(exchange, endedBy, either.Token).ConfigureAwait(false);
            }
            finally
            {
                turn.Release();
            }
        }
        catch (OperationCanceledException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return new ClientError.Over(EndedBy.Disposal);
        }
    }

    private async Task<Either<ClientError, T>> UnlessOverAsync<T>(
        Func<CancellationToken, Task<Either<ClientError, T>>> exchange,
        Option<EndedBy> endedBy,
        CancellationToken cancellationToken
    )
    {
        if (ending.IsSome)
        {
            return (ClientError)ending;
        }

        // Stands only if the exchange is cancelled, or an observer throws: then a reply may be under way.
        ending = new ClientError.Over(EndedBy.Abandonment);
        var answer = await exchange(cancellationToken).ConfigureAwait(false);
        ending = answer.Match(
            Left: static error => error.EndsConversation ? error : Option<ClientError>.None,
            Right: _ => endedBy.Map(static by => (ClientError)new ClientError.Over(by))
        );
        return answer;
    }
}
