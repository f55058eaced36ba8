using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;
using TinyTcp.Core.Sessions;

namespace TinyTcp.Bench.Kestrel;

/// <summary>One conversation as a Kestrel connection handler: one flush a batch, no copy where bytes lie together.</summary>
internal sealed class Visit(Clock clock) : ConnectionHandler
{
    private static readonly int Room = Session.MinOutputSize(Limits.Default);

    /// <inheritdoc/>
    public override async Task OnConnectedAsync(ConnectionContext connection)
    {
        var (input, output) = (connection.Transport.Input, connection.Transport.Output);
        var step = Tell(default, SessionEvent.Opened, output);
        await output.FlushAsync();
        while (step.Next.IsRead)
        {
            var received = await input.ReadAsync();
            var consumed = Answer(ref step, received.Buffer, output);
            step = received.IsCompleted ? Tell(step.Session, SessionEvent.PeerFinished, output) : step;
            input.AdvanceTo(received.Buffer.GetPosition(consumed), received.Buffer.End);
            await output.FlushAsync();
        }
    }

    private long Answer(ref StepResult step, in ReadOnlySequence<byte> received, PipeWriter output)
    {
        var bytes = received.IsSingleSegment ? received.First : received.ToArray();
        var consumed = 0;
        do
        {
            step = Tell(step.Session, SessionEvent.Received(bytes[consumed..]), output);
            consumed += step.Consumed;
        } while (step.Next == NextAction.Flush);

        return consumed;
    }

    private StepResult Tell(Session session, SessionEvent happened, PipeWriter output)
    {
        var step = SessionMachine.Step(session, happened, clock.Read(), Limits.Default, output.GetSpan(Room));
        output.Advance(step.Written);
        return step;
    }
}
