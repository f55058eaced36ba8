using System.Globalization;
using LanguageExt;

namespace TinyTcp.Cli.Probe;

/// <summary>Times in milliseconds.</summary>
internal static class Milliseconds
{
    /// <summary>A time to the microsecond.</summary>
    internal static double Round(TimeSpan time) => Math.Round(time.TotalMilliseconds, digits: 3);

    /// <summary>A time with five digits, to the microsecond; a dash for none.</summary>
    internal static string Format(Option<TimeSpan> time) => time.Map(Format).IfNone("-");

    private static string Format(TimeSpan time) =>
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
