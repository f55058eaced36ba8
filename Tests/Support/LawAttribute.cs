using FsCheck.Xunit;
using TinyTcp.Tests.Core.Generators;

namespace TinyTcp.Tests.Support;

/// <summary>
/// A property over this project's own generators. The number of cases and the seed come from <see cref="Cases"/>;
/// a failing one prints the seed that replays it.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class LawAttribute : PropertyAttribute
{
    public LawAttribute()
        : this(times: 1) { }

    /// <summary>A law that is given so many times the usual number of cases.</summary>
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
