using System.Collections.Immutable;
using System.Net;
using FsCheck;
using FsCheck.Fluent;

namespace TinyTcp.Tests.Client.Generators;

/// <summary>Addresses of a host, of both families in any order, no two of them equal.</summary>
public sealed record AddressList(ImmutableArray<IPAddress> Addresses)
{
    internal static Gen<AddressList> Any { get; } =
        from areIPv6 in Gen.Elements(true, false).NonEmptyListOf()
        select new AddressList([.. areIPv6.Select(Address)]);

    internal static IEnumerable<AddressList> Shrink(AddressList list) =>
        list
            .Addresses.Select(address => new AddressList(list.Addresses.Remove(address)))
            .Where(static shorter => !shorter.Addresses.IsEmpty);

    public override string ToString() => string.Join(" ", Addresses);

    private static IPAddress Address(bool isIPv6, int index) =>
        IPAddress.Parse(isIPv6 ? $"2001:db8::{index + 1:x}" : $"192.0.2.{index + 1}");
}

/// <summary>What happens next during the connection attempts to the addresses of a host.</summary>
public abstract record RaceEvent
{
    /// <summary>No attempt completes for the delay between attempts.</summary>
    public sealed record Delay : RaceEvent;

    /// <summary>An attempt fails.</summary>
    public sealed record Failure(int Attempt) : RaceEvent;
}

/// <summary>Connection attempts to the addresses of a host, of which the last event is followed by a success.</summary>
/// <param name="Addresses">The number of addresses.</param>
/// <param name="Events">What happens before the success. Each event starts the next attempt, as long as there is one.</param>
/// <param name="Winner">The attempt that succeeds.</param>
/// <param name="LosersSucceed">Whether the other attempts succeed, too, when they are cancelled.</param>
public sealed record ConnectRace(
    int Addresses,
    ImmutableArray<RaceEvent> Events,
    int Winner,
    bool LosersSucceed
)
{
    internal static Gen<ConnectRace> Any { get; } =
        from addresses in Gen.Choose(2, 6)
        from length in Gen.Choose(1, addresses - 1)
        from events in EventsOf(length, 0, [])
        from winner in Gen.Elements(Running(events))
        from succeed in Gen.Elements(true, false)
        select new ConnectRace(addresses, events, winner, succeed);

    /// <summary>The attempts that run after the events.</summary>
    internal static int[] Running(ImmutableArray<RaceEvent> events) =>
        [
            .. Enumerable
                .Range(0, events.Length + 1)
                .Except(events.OfType<RaceEvent.Failure>().Select(static failure => failure.Attempt)),
        ];

    internal static IEnumerable<ConnectRace> Shrink(ConnectRace race) =>
        race.Events.IsEmpty ? []
        : Running(race.Events[..^1]).Contains(race.Winner) ? [race with { Events = race.Events[..^1] }]
        : [];

    public override string ToString() =>
        $"{Addresses} addresses: {string.Join(", ", Events)}, then {Winner} succeeds";

    // With one attempt fewer than addresses failed, one always runs.
    private static Gen<ImmutableArray<RaceEvent>> EventsOf(
        int length,
        int index,
        ImmutableArray<RaceEvent> before
    ) =>
        index == length
            ? Gen.Constant(before)
            : Gen.Frequency(
                    (3, Gen.Constant<RaceEvent>(new RaceEvent.Delay())),
                    (
                        1,
                        Gen.Elements(Running(before))
                            .Select(static attempt => (RaceEvent)new RaceEvent.Failure(attempt))
                    )
                )
                .SelectMany(next => EventsOf(length, index + 1, before.Add(next)));
}
