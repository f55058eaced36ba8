using FsCheck;
using FsCheck.Fluent;
using TinyTcp.Cli.Probe;
using TinyTcp.Cli.Terminals;
using TinyTcp.Client;
using TinyTcp.Client.Primitives;
using TinyTcp.Tests.Core.Generators;
using TinyTcp.Tests.Support;

namespace TinyTcp.Tests.Client.Probe;

/// <summary>A probe to print: any address and any error, a width, and whether with a timestamp.</summary>
public sealed record ProbeLine(
    string Path,
    byte[] Received,
    bool IsAnswered,
    long Microseconds,
    int Width,
    bool ShowsTimestamp,
    bool ShowsAddress
)
{
    internal const string LongestAddress = "[2001:db8:1234:5678:9abc:def0:1234:5678]:65535";

    internal static Gen<ProbeLine> Any { get; } =
        from path in AnyString.Any
        from received in AnyBytes.Any
        from isAnswered in Gen.Elements(true, false)
        from microseconds in Gen.OneOf(Gen.Choose(0, 1_000_000), Gen.Choose(0, int.MaxValue))
        from width in Gen.Choose(0, 120)
        from showsTimestamp in Gen.Elements(true, false)
        from showsAddress in Gen.Elements(true, false)
        select new ProbeLine(
            path.Characters,
            received.Bytes.ToArray(),
            isAnswered,
            microseconds,
            width,
            showsTimestamp,
            showsAddress
        );

    /// <summary>The probe. A path that is no address stands for the longest address.</summary>
    internal ProbeSample Sample
    {
        get
        {
            var time = TimeSpan.FromMicroseconds(Microseconds);
            return new(
                ServerEndPoint
                    .From($"unix:{Path}")
                    .IfLeft(TestValues.Right(ServerEndPoint.From(LongestAddress))),
                Microseconds,
                TestValues.Moment,
                default,
                time,
                IsAnswered
                    ? new ProbeResult(time, time, time, default)
                    : ProbeResult.Failed(
                        new ClientError.ProtocolError(
                            new ProtocolViolation.UnsolicitedReply(Quote.Of(Received))
                        )
                    )
            );
        }
    }

    /// <summary>The printed lines.</summary>
    internal IEnumerable<string> Format(int width) =>
        new SampleLine(Sample, new(Sample.Address), ShowsAddress, ShowsTimestamp).Format(
            isShortened: Microseconds % 2 == 0,
            width,
            new Theme(HasColors: false)
        );

    internal static IEnumerable<ProbeLine> Shrink(ProbeLine line) =>
        Shrinking
            .Shorter(line.Path.ToCharArray())
            .Select(path => line with { Path = new(path) })
            .Concat(Shrinking.Shorter(line.Received).Select(bytes => line with { Received = bytes }))
            .Concat(new[] { line with { ShowsTimestamp = false } }.Where(smaller => smaller != line));
}
