using System.Diagnostics;
using TinyTcp.Core.Sessions;
using TinyTcp.Core.Verbs;
using TinyTcp.Core.Wire;
using TinyTcp.Tests.Support;
using Xunit;
using Xunit.Abstractions;

namespace TinyTcp.Tests.Core.Sessions;

/// <summary>
/// The work is linear in the number of bytes. The tests count scanned bytes, not time: they change bytes that have been
/// scanned to LF, and the session does not find these.
/// </summary>
public class LinearityTests(ITestOutputHelper output)
{
    private static readonly Limits LongLines = TestValues.With(Limits.Default, "max-line", 16 * 1024 * 1024);

    private static readonly byte[] Destination = new byte[Session.MinOutputSize(LongLines)];

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(4_096)]
    public void No_byte_of_a_segmented_line_is_scanned_twice(int segmentSize)
    {
        var line = new byte[16 * 1024];
        line.AsSpan().Fill((byte)'x');
        var session = Host.Opened(LongLines).Session;
        for (var received = segmentSize; received < line.Length; received += segmentSize)
        {
            var step = Step(session, line.AsMemory(0, received), LongLines);
            Assert.Equal((received, 0, NextAction.Read), (step.Session.Scanned, step.Consumed, step.Next));
            line.AsSpan(received - segmentSize, segmentSize).Fill(Grammar.Lf);
            session = step.Session;
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(4_096)]
    public void The_bytes_of_an_overlong_line_are_consumed_at_once(int segmentSize)
    {
        var host = Host.Opened(TestValues.SmallLimits);
        var bytes = new byte[segmentSize];
        for (var received = 0; received < 64 * 1024; received += segmentSize)
        {
            host.Receive(bytes);
            Assert.True(
                host.Session.State == SessionState.DiscardingLine
                    ? host.Unconsumed == 0
                    : host.Unconsumed <= TestValues.SmallLimits.MaxLine
            );
        }
    }

    [Fact]
    public void The_search_for_a_line_end_starts_after_the_scanned_bytes()
    {
        var bytes = new byte[1024];
        bytes.AsSpan().Fill(Grammar.Lf);
        Assert.All(
            Enumerable.Range(0, bytes.Length),
            from => Assert.Equal(from, LineFraming.IndexOfLineEnd(bytes, from))
        );
    }

    /// <summary>Prints the time per byte. It asserts no bound, because the time depends on the machine.</summary>
    [Fact]
    [Trait("Category", "Timing")]
    public void The_time_per_byte_is_printed_from_1_KB_to_8_MB()
    {
        for (var size = 1024; size <= 8 * 1024 * 1024; size *= 2)
        {
            var line = WireBytes.Bytes($"ECHO {new string('x', size - 5)}");
            var withLineEnd = (byte[])[.. line, Grammar.Lf];
            var session = Host.Opened(LongLines).Session;
            var parse = NanosecondsPerByte(size, () => Protocol.Parse(line).IsRight);
            var find = NanosecondsPerByte(size, () => LineFraming.IndexOfLineEnd(withLineEnd, 0) == size);
            var step = NanosecondsPerByte(size, () => Step(session, withLineEnd, LongLines).Next.IsRead);
            output.WriteLine(
                $"{size, 9} bytes: Parse {parse:F4}, IndexOfLineEnd {find:F4}, Step {step:F4} ns per byte"
            );
        }
    }

    /// <summary>The best of five rounds, to exclude other work of the machine.</summary>
    private static double NanosecondsPerByte(int size, Func<bool> work)
    {
        Assert.True(work());
        return Enumerable.Range(0, 5).Min(_ => MeasureRound(size, work));
    }

    private static double MeasureRound(int size, Func<bool> work)
    {
        var iterations = Math.Max(2, 1024 * 1024 / size);
        var start = Stopwatch.GetTimestamp();
        for (var iteration = 0; iteration < iterations; iteration++)
        {
            work();
        }

        return Stopwatch.GetElapsedTime(start).TotalNanoseconds / iterations / size;
    }

    private static StepResult Step(Session session, ReadOnlyMemory<byte> bytes, Limits limits) =>
        SessionMachine.Step(session, SessionEvent.Received(bytes), TestValues.Now, limits, Destination);
}
