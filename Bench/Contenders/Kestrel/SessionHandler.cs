using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;
using TinyTcp.Core.Sessions;

namespace TinyTcp.Bench.Contenders.Kestrel;

/// <summary>Runs a session on a Kestrel connection. Flushes once per batch; copies input only if it is in several segments.</summary>
internal sealed class SessionHandler(SessionClock clock) : ConnectionHandler
{
    private static readonly int OutputSize = Session.MinOutputSize(Limits.Default);

    /// <inheritdoc/>
    public override async Task OnConnectedAsync(ConnectionContext connection)
    {
        var (input, output) = (connection.Transport.Input, connection.Transport.Output);
        var result = Step(default, SessionEvent.Opened, output);
        await output.FlushAsync();
        while (result.Next.IsRead)
        {
            var received = await input.ReadAsync();
            var consumed = Process(ref result, received.Buffer, output);
            result = received.IsCompleted ? Step(result.Session, SessionEvent.PeerFinished, output) : result;
            input.AdvanceTo(received.Buffer.GetPosition(consumed), received.Buffer.End);
            await output.FlushAsync();
        }
    }

    private long Process(ref StepResult result, in ReadOnlySequence<byte> received, PipeWriter output)
    {
        var bytes = received.IsSingleSegment ? received.First : received.ToArray();
        var consumed = 0;
        do
        {
            result = Step(result.Session, SessionEvent.Received(bytes[consumed..]), output);
            consumed += result.Consumed;
        } while (result.Next == NextAction.Flush);

        return consumed;
    }

    private StepResult Step(Session session, SessionEvent input, PipeWriter output)
    {
        var result = SessionMachine.Step(
            session,
            input,
            clock.Read(),
            Limits.Default,
            output.GetSpan(OutputSize)
        );
        output.Advance(result.Written);
        return result;
    }
}
