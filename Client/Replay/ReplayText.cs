using System.Globalization;
using TinyTcp.Cli.Terminals;
using TinyTcp.Core.Transcripts;

namespace TinyTcp.Cli.Replay;

/// <summary>A replay as text for people: a line for each file, and below it each difference with the line before.</summary>
/// <param name="theme">The colours.</param>
internal sealed class ReplayText(Theme theme)
{
    private const string Mark = "^";

    /// <summary>How a kind of mismatch is written.</summary>
    internal static string NameOf(MismatchKind kind) =>
        kind switch
        {
            MismatchKind.Different => "different",
            MismatchKind.Missing => "missing",
            MismatchKind.Extra => "extra",
            MismatchKind.Late => "late",
            MismatchKind.Closed => "closed",
            MismatchKind.Reset => "reset",
            MismatchKind.StillOpen => "still open",
        };

    /// <summary>The lines of a result.</summary>
    internal IEnumerable<string> Format(ReplayResult result)
    {
        var path = Sanitizer.Sanitize(result.File.Path);
        var count = result.Mismatches.Length;
        return result.Mismatches.IsEmpty
            ? [$"{path}: same"]
            :
            [
                theme.Apply(
                    Theme.Error,
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{path}: {count} {(count == 1 ? "difference" : "differences")}"
                    )
                ),
                .. result.Mismatches.SelectMany(mismatch =>
                    Format(result.File, mismatch, RequestBefore(result.File, mismatch.Line))
                ),
            ];
    }

    /// <summary>The lines of a mismatch.</summary>
    /// <param name="file">The transcript.</param>
    /// <param name="mismatch">The mismatch.</param>
    /// <param name="context">Lines to show before what was expected.</param>
    internal IEnumerable<string> Format(
        ReplayFile file,
        Mismatch mismatch,
        params IEnumerable<string> context
    )
    {
        yield return string.Create(
            CultureInfo.InvariantCulture,
            $"{Sanitizer.Sanitize(file.Path)}:{mismatch.Line}: {NameOf(mismatch.Kind)}"
        );
        foreach (var line in context)
        {
            yield return $"    {line}";
        }

        yield return theme.Apply(Theme.Notice, $"  - {mismatch.Expected}");
        yield return theme.Apply(Theme.Error, $"  + {mismatch.Got}");
        if (mismatch.Kind == MismatchKind.Different)
        {
            var same = mismatch
                .Expected.Zip(mismatch.Got)
                .TakeWhile(static pair => pair.Item1 == pair.Item2)
                .Count();
            yield return $"    {new string(' ', DisplayWidth.Of(mismatch.Got[..same]))}{Mark}";
        }
    }

    /// <summary>What the client did last before a line, if it did anything since CONNECT.</summary>
    private static IEnumerable<string> RequestBefore(ReplayFile file, int number) =>
        file
            .Transcript.Lines.Take(number)
            .Reverse()
            .TakeWhile(static line => line is not TranscriptLine.Connect)
            .OfType<TranscriptLine.Entry>()
            .Where(static entry => entry.Event is TranscriptEvent.Sent or TranscriptEvent.Finished)
            .Take(1)
            .Select(static entry => $"{entry}");
}
