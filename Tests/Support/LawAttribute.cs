using FsCheck.Xunit;
using TinyTcp.Tests.Core.Generators;

namespace TinyTcp.Tests.Support;

/// <summary>
/// A property over the generators of <see cref="Arbitraries"/>. The number of cases and the seed come from
/// <see cref="Cases"/>. A failure prints the seed that replays it.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class LawAttribute : PropertyAttribute
{
    public LawAttribute()
        : this(times: 1) { }

    /// <summary>A law with a multiple of the usual number of cases.</summary>
    public LawAttribute(int times)
    {
        Times = times;
        MaxTest = checked(times * Cases.Number);
        Arbitrary = [typeof(Arbitraries)];
        QuietOnSuccess = true;
        if (Cases.Replay is { } seed)
        {
            Replay = seed;
        }
    }

    public int Times { get; }
}
