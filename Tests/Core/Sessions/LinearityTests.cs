using System.Diagnostics;
using TinyTcp.Core.Sessions;
using TinyTcp.Core.Verbs;
using TinyTcp.Core.Wire;
using TinyTcp.Tests.Support;
using Xunit;
using Xunit.Abstractions;

namespace TinyTcp.Tests.Core.Sessions;

/// <summary>
/// The work grows with the bytes and no faster. What is counted here is bytes looked at, not time: bytes that have
/// been scanned are changed to LF behind the session's back, and it does not notice.
/// </summary>
public class LinearityTests(ITestOutputHelper output)
{
    private static readonly Limits Long = Some.With(Limits.Default, "max-line", 16 * 1024 * 1024);

    private static readonly byte[] Room = new byte[Session.MinOutputSize(Long)];

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(4_096)]
    public void No_byte_of_a_line_in_pieces_is_scanned_twice(int piece)
    {
        var line = new byte[16 * 1024];
        line.AsSpan().Fill((byte)'x');
        var session = Host.Opened(Long).Session;
        for (var received = piece; received < line.Length; received += piece)
        {
            var step = Step(session, line.AsMemory(0, received), Long);
            Assert.Equal((received, 0, NextAction.Read), (step.Session.Scanned, step.Consumed, step.Next));
            line.AsSpan(received - piece, piece).Fill(Grammar.Lf);
            session = step.Session;
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(4_096)]
    public void No_byte_of_an_overlong_line_is_given_twice(int piece)
    {
        var host = Host.Opened(Some.SmallLimits);
        var bytes = new byte[piece];
        for (var received = 0; received < 64 * 1024; received += piece)
        {
            host.Receive(bytes);
            Assert.True(
                host.Session.State == SessionState.DiscardingLine
                    ? host.Rest == 0
                    : host.Rest <= Some.SmallLimits.MaxLine
            );
        }
    }

    [Fact]
    public void An_index_is_looked_for_from_where_the_last_look_ended()
    {
        var bytes = new byte[1024];
        bytes.AsSpan().Fill(Grammar.Lf);
        Assert.All(
            Enumerable.Range(0, bytes.Length),
            from => Assert.Equal(from, LineFraming.IndexOfLineEnd(bytes, from))
        );
    }

    /// <summary>Prints, and asserts nothing about, the time a byte takes: a machine's speed is no law.</summary>
    [Fact]
    [Trait("Category", "Timing")]
    public void The_time_a_byte_takes_is_printed_from_1_KB_to_8_MB()
    {
        for (var size = 1024; size <= 8 * 1024 * 1024; size *= 2)
        {
            var line = WireBytes.Bytes($"ECHO {new string('x', size - 5)}");
            var withEnd = (byte[])[.. line, Grammar.Lf];
            var session = Host.Opened(Long).Session;
            var parse = NanosecondsPerByte(size, () => Protocol.Parse(line).IsRight);
            var find = NanosecondsPerByte(size, () => LineFraming.IndexOfLineEnd(withEnd, 0) == size);
            var step = NanosecondsPerByte(size, () => Step(session, withEnd, Long).Next.IsRead);
            output.WriteLine(
                $"{size, 9} bytes: Parse {parse:F4}, IndexOfEnd {find:F4}, Step {step:F4} ns a byte"
            );
        }
    }

    /// <summary>The best of five rounds: what else the machine did meanwhile is not the code's.</summary>
    private static double NanosecondsPerByte(int size, Func<bool> work)
    {
        Assert.True(work());
        return Enumerable.Range(0, 5).Min(_ => Round(size, work));
    }

    private static double Round(int size, Func<bool> work)
    {
        var times = Math.Max(2, 1024 * 1024 / size);
        var start = Stopwatch.GetTimestamp();
        for (var time = 0; time < times; time++)
        {
            work();
        }

        return Stopwatch.GetElapsedTime(start).TotalNanoseconds / times / size;
    }

    private static StepResult Step(Session session, ReadOnlyMemory<byte> bytes, Limits limits) =>
        SessionMachine.Step(session, SessionEvent.Received(bytes), Some.Now, limits, Room);
}
