using FsCheck.Xunit;

namespace TinyTcp.Tests.Support;

/// <summary>
/// A property over the generators that <c>Arbitraries.cs</c> registers for the assembly. The number of cases and the
/// seed come from <see cref="Cases"/>. A failure prints the seed that replays it.
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
        QuietOnSuccess = true;
        if (Cases.Replay is { } seed)
        {
            Replay = seed;
        }
    }

    public int Times { get; }
}
