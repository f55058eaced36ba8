using System.Runtime.InteropServices;
using LanguageExt;
using TinyTcp.Shell.Settings;

namespace TinyTcp.Shell;

/// <summary>
/// The machine's time zone: TZ, or else /etc/localtime. On Linux the C library applies it, as it does for <c>date</c>: .NET
/// knows no rules such as CST-8, and takes UTC without a word. Thread-safe.
/// </summary>
internal sealed partial class MachineTimeZone
{
    private const string DefaultFile = "/etc/localtime";
    private const string DefaultFolder = "/usr/share/zoneinfo";

    private static readonly TimeSpan MaxOffset = TimeSpan.FromHours(14);

    private readonly bool isKnown;
    private volatile OffsetOfSecond last = new(long.MinValue, TimeZoneInfo.Utc);

    private MachineTimeZone(bool isKnown) => this.isKnown = isKnown;

    /// <summary>The time zone in force.</summary>
    /// <param name="variable">Reads an environment variable.</param>
    /// <param name="now">The present time.</param>
    /// <returns>The zone, and why UTC takes its place, if it does.</returns>
    public static (MachineTimeZone Zone, Option<string> Problem) Find(
        Func<string, string?> variable,
        DateTimeOffset now
    )
    {
        var problem = OperatingSystem.IsLinux()
            ? FindProblem(Prelude.Optional(variable("TZ")), variable("TZDIR") ?? DefaultFolder)
                || FindProblem(OffsetAt(now.ToUnixTimeSeconds()))
            : Option<string>.None;
        return (new MachineTimeZone(problem.IsNone), problem);
    }

    /// <summary>
    /// The zone, with the offset that it has at a time. On Linux the zone has no other offset: it is for this time only.
    /// </summary>
    public TimeZoneInfo At(DateTimeOffset time)
    {
        if (!OperatingSystem.IsLinux())
        {
            return TimeZoneInfo.Local;
        }

        var second = time.ToUnixTimeSeconds();
        var known = last;
        if (known.Second != second)
        {
            var offset = isKnown ? OffsetAt(second) : TimeSpan.Zero;
            known = new OffsetOfSecond(
                second,
                offset == known.Zone.BaseUtcOffset ? known.Zone : ZoneOf(offset)
            );
            last = known;
        }

        return known.Zone;
    }

    /// <summary>Why the C library cannot apply a value of TZ, or waits for ever when it tries.</summary>
    /// <param name="zone">The value, if there is one.</param>
    /// <param name="folder">The folder of zone files.</param>
    internal static Option<string> FindProblem(Option<string> zone, string folder)
    {
        var name = zone.Map(static text => text.StartsWith(':') ? text[1..] : text).IfNone(DefaultFile);
        var path = Path.Combine(folder, name);
        return name.Length == 0
            ? Option<string>.None
            : FileKinds.Of(path) switch
            {
                FileKind.Regular => IsZoneFile(path) ? Option<string>.None : $"{path} is not a zone file",
                FileKind.Other => $"{path} is not a regular file",
                FileKind.Missing => zone.IsNone || IsRule(name) || name is "UTC" or "GMT"
                    ? Option<string>.None
                    : $"TZ={zone.IfNone("")} is neither a zone of this machine nor a rule such as CST-8",
            };
    }

    private static Option<string> FindProblem(TimeSpan offset) =>
        offset.Duration() <= MaxOffset
            ? Option<string>.None
            : "The machine's time zone is more than 14 hours from UTC, and no timestamp can be";

    /// <summary>Whether a text begins as a rule does (POSIX, TZ): with a name and an offset.</summary>
    private static bool IsRule(string text)
    {
        var name = text.StartsWith('<')
            ? text.IndexOf('>', StringComparison.Ordinal) + 1
            : text.TakeWhile(char.IsAsciiLetter).Count();
        var offset = text.AsSpan(name).TrimStart("+-");
        return name >= 3 && offset.Length > 0 && char.IsAsciiDigit(offset[0]);
    }

    private static bool IsZoneFile(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            Span<byte> start = stackalloc byte[4];
            return file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) == start.Length
                && start.SequenceEqual("TZif"u8);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    // A timestamp has no seconds in its offset.
    private static TimeSpan OffsetAt(long second)
    {
        var time = (nint)second;
        return Local(time, out var local) == 0
            ? TimeSpan.Zero
            : TimeSpan.FromMinutes((double)(local.Offset / 60));
    }

    private static TimeZoneInfo ZoneOf(TimeSpan offset) =>
        offset.Duration() <= MaxOffset
            ? TimeZoneInfo.CreateCustomTimeZone("machine", offset, "machine", "machine")
            : TimeZoneInfo.Utc;

    [LibraryImport("libc", EntryPoint = "localtime_r")]
    private static partial nint Local(in nint time, out BrokenDownTime local);

    private sealed record OffsetOfSecond(long Second, TimeZoneInfo Zone);

    /// <summary>The system's struct tm.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct BrokenDownTime
    {
        internal int Second;
        internal int Minute;
        internal int Hour;
        internal int Day;
        internal int Month;
        internal int Year;
        internal int Weekday;
        internal int DayOfYear;
        internal int IsDaylightSaving;
        internal nint Offset;
        internal nint Name;
    }
}
