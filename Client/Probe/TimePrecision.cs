using System.Globalization;

namespace TinyTcp.Cli.Probe;

/// <summary>
/// How exactly times are kept: to the microsecond, and to five digits where there are more. What is printed of a probe is
/// what is reckoned with; and there are only so many different times, however many probes there are.
/// </summary>
internal static class TimePrecision
{
    private const long DigitsLimit = 100_000;

    /// <summary>A time as it is kept.</summary>
    internal static TimeSpan Round(TimeSpan time)
    {
        var unit = TimeSpan.TicksPerMicrosecond;
        while (time.Ticks / unit >= DigitsLimit)
        {
            unit *= 10;
        }

        return new TimeSpan((time.Ticks + (unit / 2)) / unit * unit);
    }

    /// <summary>A time in milliseconds, to the microsecond.</summary>
    internal static double ToMilliseconds(TimeSpan time) => Math.Round(time.TotalMilliseconds, digits: 3);

    /// <summary>The same for people: as many digits as are kept, and no more.</summary>
    internal static string Format(TimeSpan time) =>
        time.TotalMilliseconds.ToString(
            time.TotalMilliseconds switch
            {
                < 100 => "F3",
                < 1_000 => "F2",
                < 10_000 => "F1",
                _ => "F0",
            },
            CultureInfo.InvariantCulture
        );
}
