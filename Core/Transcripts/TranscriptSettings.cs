using System;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using LanguageExt;
using TinyTcp.Core.Sessions;

namespace TinyTcp.Core.Transcripts;

/// <summary>The server of a transcript, as its fields say: one for each limit, such as <c>max-line: 64</c>, and <c>now</c>.</summary>
/// <param name="Limits">The limits.</param>
/// <param name="Now">The time of day when a client connects.</param>
public sealed record TranscriptSettings(Limits Limits, Option<DateTimeOffset> Now)
{
    /// <summary>The name of the field with the time of day.</summary>
    public const string NowName = "now";

    // A timestamp, perhaps with a fraction of a second.
    private const string NowForm = "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz";

    /// <summary>Reads the fields of a transcript.</summary>
    /// <param name="transcript">The transcript; fields with other names are ignored.</param>
    /// <param name="defaults">The limits that have no field.</param>
    /// <returns>The settings, or the first field with a value that is not allowed, or with the name of an earlier one.</returns>
    public static Either<TranscriptError, TranscriptSettings> Read(Transcript transcript, Limits defaults)
    {
        var settings = Either<TranscriptError, TranscriptSettings>.Right(new(defaults, default));
        var names = ImmutableHashSet<FieldName>.Empty;
        foreach (var (line, number) in transcript.Lines.Select(static (line, index) => (line, index + 1)))
        {
            if (line is TranscriptLine.Field field)
            {
                var isNew = !names.Contains(field.Name);
                names = names.Add(field.Name);
                settings = settings.Bind(known =>
                    (isNew ? known.With(field) : "each field once").MapLeft(expected => new TranscriptError(
                        number,
                        field.ValueColumn,
                        expected,
                        $"{field}"
                    ))
                );
            }
        }

        return settings;
    }

    /// <summary>A time of day as the field has it.</summary>
    /// <param name="now">The time of day.</param>
    public static string Format(DateTimeOffset now) => now.ToString(NowForm, CultureInfo.InvariantCulture);

    private Either<string, TranscriptSettings> With(TranscriptLine.Field field)
    {
        var name = $"{field.Name}";
        return name == NowName
            ? ReadNow($"{field.Value}")
                .Map(now => this with { Now = now })
                .ToEither("a time such as 2025-09-12T17:24:13-05:00")
            : LimitTable
                .Rows.Where(limit => limit.Name == name)
                .ToOption()
                .Match(Some: limit => With(limit, $"{field.Value}"), None: () => this);
    }

    private Either<string, TranscriptSettings> With(LimitSpec limit, string value) =>
        limit
            .Notation.Parse(value)
            .Bind(quantity => Limits.With(limit, quantity))
            .Map(limits => this with { Limits = limits })
            .ToEither(
                $"{limit.Notation.Format(limit.Min)} to {limit.Notation.Format(limit.Max)}{(limit.ZeroIsOff ? ", or 0 for no limit" : "")}"
            );

    private static Option<DateTimeOffset> ReadNow(string value) =>
        DateTimeOffset.TryParseExact(
            value,
            NowForm,
            CultureInfo.InvariantCulture,
            DateTimeStyles.None,
            out var now
        )
            ? now
            : Option<DateTimeOffset>.None;
}
