using System;
using System.Globalization;
using LanguageExt;

namespace TinyTcp.Core.Transcripts;

/// <summary>
/// The time of a line: since the client connected (<c>@1.250</c>), or since the line before (<c>+0.500</c>). A client sends not
/// before that time; what a server sends has arrived by then. <c>default</c> is the moment of CONNECT.
/// </summary>
public readonly record struct TranscriptTime
{
    /// <summary>The latest time: 4294967.295 s, which is 49 days.</summary>
    public static readonly TimeSpan Max = TimeSpan.FromMilliseconds(uint.MaxValue);

    private readonly TimeSpan value;
    private readonly bool isRelative;

    private TranscriptTime(TimeSpan value, bool isRelative) =>
        (this.value, this.isRelative) = (value, isRelative);

    /// <summary>A time since the client connected.</summary>
    /// <param name="sinceConnect">From zero to <see cref="Max"/>; other values become the nearest of these.</param>
    public static TranscriptTime At(TimeSpan sinceConnect) => new(Clamp(sinceConnect), isRelative: false);

    /// <summary>A time since the line before.</summary>
    /// <param name="sincePrevious">From zero to <see cref="Max"/>; other values become the nearest of these.</param>
    public static TranscriptTime After(TimeSpan sincePrevious) => new(Clamp(sincePrevious), isRelative: true);

    /// <summary>The time since the client connected.</summary>
    /// <param name="previous">The time of the line before, since the client connected.</param>
    public TimeSpan SinceConnect(TimeSpan previous) => isRelative ? previous + value : value;

    /// <summary>The time as a transcript writes it.</summary>
    public override string ToString() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{(isRelative ? TranscriptSyntax.After : TranscriptSyntax.At)}{value.Ticks / (decimal)TimeSpan.TicksPerSecond:0.000####}"
        );

    // time = ("@" / "+") 1*DIGIT ["." 1*7DIGIT]
    internal static Option<TranscriptTime> Parse(string text) =>
        text.Length > 1
        && text[0] is TranscriptSyntax.At or TranscriptSyntax.After
        && ReadSeconds(text[1..]) is { IsSome: true } seconds
            ? new TranscriptTime((TimeSpan)seconds, text[0] == TranscriptSyntax.After)
            : Option<TranscriptTime>.None;

    private static Option<TimeSpan> ReadSeconds(string seconds) =>
        char.IsAsciiDigit(seconds[0])
        && char.IsAsciiDigit(seconds[^1])
        && decimal.TryParse(
            seconds,
            NumberStyles.AllowDecimalPoint,
            CultureInfo.InvariantCulture,
            out var value
        )
        && value <= Max.Ticks / (decimal)TimeSpan.TicksPerSecond
        && decimal.IsInteger(value * TimeSpan.TicksPerSecond)
            ? TimeSpan.FromTicks((long)(value * TimeSpan.TicksPerSecond))
            : Option<TimeSpan>.None;

    private static TimeSpan Clamp(TimeSpan time) =>
        time < TimeSpan.Zero ? TimeSpan.Zero
        : time > Max ? Max
        : time;
}
