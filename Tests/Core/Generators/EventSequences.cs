using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using TinyTcp.Core.Sessions;
using TinyTcp.Core.Wire;
using TinyTcp.Tests.Support;

namespace TinyTcp.Tests.Core.Generators;

/// <summary>An event and its delay after the previous one, in milliseconds. Only a received event has bytes.</summary>
public sealed record TimedEvent(string Name, ReadOnlyMemory<byte> Bytes, int Milliseconds)
{
    public override string ToString() => $"+{Milliseconds} ms {Name} {WireBytes.Show(Bytes.Span)}";
}

/// <summary>Events in any order, valid or not.</summary>
public sealed record EventSequence(ImmutableArray<TimedEvent> Events)
{
    public override string ToString() => string.Join("; ", Events);
}

/// <summary>Generates and shrinks sequences of events.</summary>
internal static class EventSequences
{
    internal const string Opened = "opened";
    internal const string ServerFull = "server full";
    internal const string AddressFull = "address full";
    internal const string Received = "received";
    internal const string PeerFinished = "peer finished";
    internal const string SendStalled = "send stalled";
    internal const string SendProgressed = "send progressed";
    internal const string SendCompleted = "send completed";
    internal const string TimerElapsed = "timer elapsed";
    internal const string ShutdownRequested = "shutdown requested";

    private static readonly Gen<TimedEvent> AnyReceived =
        from bytes in Gen.OneOf(
            ConversationGenerators.Conversation.Select(static sent => sent.Bytes),
            RequestLines.Any.Select(static line => new ReadOnlyMemory<byte>([.. line, Grammar.Lf])),
            RequestLines.Any.Select(static line => new ReadOnlyMemory<byte>(line))
        )
        from time in Gen.Choose(0, 20_000)
        select new TimedEvent(Received, bytes, time);

    private static readonly Gen<TimedEvent> AnyOther =
        from name in Gen.Frequency(
            (4, Gen.Constant(Opened)),
            (1, Gen.Elements(ServerFull, AddressFull)),
            (2, Gen.Elements(SendStalled, SendProgressed, SendCompleted)),
            (1, Gen.Constant(PeerFinished)),
            (6, Gen.Constant(TimerElapsed)),
            (1, Gen.Constant(ShutdownRequested))
        )
        from time in Gen.Frequency((3, Gen.Choose(0, 20_000)), (1, Gen.Choose(20_000, 400_000)))
        select new TimedEvent(name, default, time);

    private static readonly Gen<TimedEvent[]> FirstOpened =
        from isOpened in Gen.Frequency((4, Gen.Constant(true)), (1, Gen.Constant(false)))
        select isOpened ? new[] { new TimedEvent(Opened, default, 0) } : [];

    internal static Gen<EventSequence> Any { get; } =
        from first in FirstOpened
        from count in Gen.Choose(0, 12)
        from events in Gen.Frequency((3, AnyReceived), (2, AnyOther)).ArrayOf(count)
        select new EventSequence([.. first, .. events]);

    internal static SessionEvent ToSessionEvent(string name, ReadOnlyMemory<byte> bytes) =>
        name switch
        {
            Opened => SessionEvent.Opened,
            ServerFull => SessionEvent.ServerFull,
            AddressFull => SessionEvent.AddressFull,
            SendStalled => SessionEvent.SendStalled,
            SendProgressed => SessionEvent.SendProgressed,
            SendCompleted => SessionEvent.SendCompleted,
            Received => SessionEvent.Received(bytes),
            PeerFinished => SessionEvent.PeerFinished,
            ShutdownRequested => SessionEvent.ShutdownRequested,
            _ => SessionEvent.TimerElapsed,
        };

    internal static IEnumerable<EventSequence> Shrink(EventSequence sequence) =>
        Shrinking
            .Shorter(sequence.Events)
            .Concat(Shrinking.Within(sequence.Events, Shrink))
            .Select(static events => new EventSequence([.. events]));

    private static IEnumerable<TimedEvent> Shrink(TimedEvent timedEvent) =>
        Shrinking.Shorter(timedEvent.Bytes.ToArray()).Select(bytes => timedEvent with { Bytes = bytes });
}
