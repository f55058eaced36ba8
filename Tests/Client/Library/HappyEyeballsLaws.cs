using System.Net;
using TinyTcp.Client.Sockets;
using TinyTcp.Tests.Client.Generators;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Client.Library;

/// <summary>Connection attempts to the addresses of a host (RFC 8305).</summary>
public class HappyEyeballsLaws
{
    private static readonly TimeSpan AttemptDelay = TimeSpan.FromMilliseconds(250);

    [Law]
    public async Task The_first_success_wins_and_the_other_attempts_are_cancelled_and_closed(ConnectRace race)
    {
        var addresses = Addresses(race.Addresses);
        var recorder = new AttemptRecorder();
        var connecting = recorder.ConnectAsync(addresses, race.LosersSucceed);
        var attempts = new List<Attempt> { await recorder.NextAsync() };
        foreach (var next in race.Events)
        {
            await recorder.Clock.WaitForTimersAsync(1);
            Assert.False(recorder.HasNext);
            if (next is RaceEvent.Failure failure)
            {
                attempts[failure.Attempt].Fail();
            }
            else
            {
                recorder.Clock.Advance(AttemptDelay);
            }

            attempts.Add(await recorder.NextAsync());
        }

        attempts[race.Winner].Succeed();
        var connected = TestValues.Right(await connecting);
        Assert.Equal(addresses[race.Winner], connected.Address);
        Assert.Equal(addresses[..attempts.Count], attempts.Select(static attempt => attempt.Address));
        Assert.All(
            ConnectRace.Running(race.Events).Where(index => index != race.Winner),
            index =>
                Assert.Equal(
                    (true, race.LosersSucceed),
                    (attempts[index].IsCancelled, attempts[index].IsClosed)
                )
        );
        Assert.False(attempts[race.Winner].IsClosed);
    }

    [Law]
    public async Task If_every_attempt_fails_the_error_is_that_of_the_last(AddressList list)
    {
        var recorder = new AttemptRecorder();
        var connecting = recorder.ConnectAsync([.. list.Addresses], succeedsIfCancelled: false);
        foreach (var _ in list.Addresses)
        {
            (await recorder.NextAsync()).Fail();
        }

        var last = HappyEyeballs.Interleave(list.Addresses).Last();
        Assert.Equal(Attempt.ErrorOf(last), TestValues.Left(await connecting));
    }

    [Law]
    public void Families_alternate_from_the_first_addresss_on_and_keep_their_order(AddressList list)
    {
        var ordered = HappyEyeballs.Interleave(list.Addresses).ToArray();
        Assert.Equal(list.Addresses[0], ordered[0]);
        foreach (var family in list.Addresses.GroupBy(static address => address.AddressFamily))
        {
            Assert.Equal(family, ordered.Where(address => address.AddressFamily == family.Key));
        }

        // Two neighbours are of one family only after the other family has ended.
        var rest = ordered
            .Zip(ordered.Skip(1))
            .SkipWhile(static pair => pair.Item1.AddressFamily != pair.Item2.AddressFamily);
        Assert.Single(
            rest.Select(static pair => pair.Item2.AddressFamily).Append(ordered[^1].AddressFamily).Distinct()
        );
    }

    [Fact]
    public async Task A_cancellation_cancels_the_attempts_and_starts_no_other()
    {
        using var cancellation = new CancellationTokenSource();
        var recorder = new AttemptRecorder();
        var connecting = recorder.ConnectAsync(Addresses(3), succeedsIfCancelled: false, cancellation.Token);
        var first = await recorder.NextAsync();
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => connecting);
        Assert.True(first.IsCancelled);
        Assert.False(recorder.HasNext);
    }

    [Fact]
    public async Task An_attempt_that_had_succeeded_at_the_cancellation_wins()
    {
        using var cancellation = new CancellationTokenSource();
        var recorder = new AttemptRecorder();
        var connecting = recorder.ConnectAsync(Addresses(2), succeedsIfCancelled: true, cancellation.Token);
        var first = await recorder.NextAsync();
        await cancellation.CancelAsync();
        Assert.Equal(first.Address, TestValues.Right(await connecting).Address);
        Assert.False(first.IsClosed);
    }

    private static IPAddress[] Addresses(int count) =>
        [.. Enumerable.Range(1, count).Select(static last => new IPAddress([192, 0, 2, (byte)last]))];
}
