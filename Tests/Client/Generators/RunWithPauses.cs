using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;

namespace TinyTcp.Tests.Client.Generators;

/// <summary>Ten seconds in which a process runs, with pauses.</summary>
/// <param name="PausesBeforeEachSecond">The length of a pause: zero, or longer than a second and the time that a tick may be late.</param>
public sealed record RunWithPauses(ImmutableArray<TimeSpan> PausesBeforeEachSecond)
{
    internal static Gen<RunWithPauses> Any { get; } =
        from pauses in Gen.Frequency((1, Gen.Constant(0)), (1, Gen.Choose(1_101, 100_000))).ArrayOf(10)
        select new RunWithPauses([
            .. pauses.Select(static milliseconds => TimeSpan.FromMilliseconds(milliseconds)),
        ]);

    internal static IEnumerable<RunWithPauses> Shrink(RunWithPauses run) =>
        run
            .PausesBeforeEachSecond.Where(static pause => pause > TimeSpan.Zero)
            .Select(pause => new RunWithPauses(run.PausesBeforeEachSecond.Replace(pause, TimeSpan.Zero)));

    public override string ToString() => string.Join(" ", PausesBeforeEachSecond);
}
