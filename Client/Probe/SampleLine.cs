using LanguageExt;
using TinyTcp.Cli.Terminals;
using static System.FormattableString;

namespace TinyTcp.Cli.Probe;

/// <summary>
/// A probe as text. Times are below each other and have names; on a narrow terminal they have none, and wrap rather than be cut.
/// </summary>
/// <param name="Sample">The probe.</param>
/// <param name="Statistics">The statistics of its address, with it.</param>
/// <param name="ShowsAddress">Whether the line names the address.</param>
/// <param name="ShowsTimestamp">Whether the line starts with the local time.</param>
internal sealed record SampleLine(
    ProbeSample Sample,
    AddressStatistics Statistics,
    bool ShowsAddress,
    bool ShowsTimestamp
)
{
    // An IPv6 address with a port.
    private const int MaxAddressColumns = 47;
    private const int MinAddressColumns = 9;
    private const string AddressEnd = ": ";

    private static readonly Theme Plain = new(HasColors: false);

    private string Timestamp => ShowsTimestamp ? Invariant($"{Sample.StartedAt:HH:mm:ss} ") : "";

    private string Sequence => Invariant($"seq={Sample.Sequence, -4} ");

    /// <summary>The line, or lines if it needs several.</summary>
    /// <param name="isShortened">Whether an error message is cut at the end of the line.</param>
    /// <param name="width">The terminal's columns, if there is one.</param>
    /// <param name="theme">The colours.</param>
    internal IEnumerable<string> Format(bool isShortened, Option<int> width, Theme theme) =>
        Sample.Result.Error.Match(
            Some: error =>
                FormatError(error.Message, isShortened, width).Select(line => theme.Apply(Theme.Error, line)),
            None: () => FormatTimes(width, theme)
        );

    private IEnumerable<string> FormatError(string message, bool isShortened, Option<int> width)
    {
        var line = $"{Start(width, restColumns: 0)}{message}";
        return isShortened ? [width.Fold(line, DisplayWidth.Ellipsize)] : ProbeText.Wrap(line, width);
    }

    private IEnumerable<string> FormatTimes(Option<int> width, Theme theme)
    {
        var columns = DisplayWidth.Of(Start(0, restColumns: 0)) + Times(hasNames: true, Plain).Length;
        var hasNames = width.ForAll(available => columns <= available);
        var times = Times(hasNames, Plain);
        var start = Start(width, times.Length);
        return width.ForAll(available => DisplayWidth.Of(start) + times.Length <= available)
            ? [start + Times(hasNames, theme)]
            : ProbeText.Wrap(start + times, width);
    }

    /// <summary>What is before the times or the message, in as few columns as leave room for the rest, if there are.</summary>
    private string Start(Option<int> width, int restColumns)
    {
        var room = MaxAddressColumns;
        width.Iter(available =>
            room = available - Timestamp.Length - AddressEnd.Length - Sequence.Length - restColumns
        );
        var address = DisplayWidth.EllipsizeMiddle(
            Sanitizer.Sanitize(Sample.Address),
            Math.Clamp(room, MinAddressColumns, MaxAddressColumns)
        );
        return $"{Timestamp}{(ShowsAddress ? $"{address}{AddressEnd}" : "")}{Sequence}";
    }

    private string Times(bool hasNames, Theme theme)
    {
        var (connect, greeting, reply) = (Sample.Result.Connect, Sample.Result.Greeting, Sample.Result.Reply);
        return string.Join(
            ' ',
            Time("connect", connect, Statistics.Connect),
            Time("greeting", greeting, Statistics.Greeting),
            Time("reply", reply, Statistics.Reply)
        );

        string Time(string name, Option<TimeSpan> time, Distribution all) =>
            $"{(hasNames ? $"{name}=" : "")}{theme.Apply(all.StyleOf(time), $"{Milliseconds.Format(time), 6}")}";
    }
}
