using System;

namespace TinyTcp.Core.Replies;

/// <summary>
/// Why a line is not a reply of this protocol: a closed union; always the server's fault.
/// <c>default(ReplyError)</c> is Unrecognised.
/// </summary>
public readonly record struct ReplyError
{
    private enum Case : byte
    {
        Unrecognised,
        NotUtf8,
        BadTime,
        MissingText,
    }

    private readonly Case @case;

    private ReplyError(Case @case) => this.@case = @case;

    /// <summary>The line does not begin with a reply's word, or contains an LF.</summary>
    public static ReplyError Unrecognised => default;

    /// <summary>The line is not UTF-8 (F-7).</summary>
    public static ReplyError NotUtf8 => new(Case.NotUtf8);

    /// <summary>TIME is not followed by a timestamp (T-1, T-2).</summary>
    public static ReplyError BadTime => new(Case.BadTime);

    /// <summary>A reply that carries a text lacks it.</summary>
    public static ReplyError MissingText => new(Case.MissingText);

    /// <summary>What was expected, for people.</summary>
    public string Expected =>
        @case switch
        {
            Case.Unrecognised =>
                $"a reply that begins with {string.Join(", ", ReplySyntax.Words[..^1])} or {ReplySyntax.Words[^1]}",
            Case.NotUtf8 => "UTF-8",
            Case.BadTime => "TIME and a timestamp such as 2025-09-12T17:24:13-05:00",
            Case.MissingText => "a text after the reply's first word",
        };

    /// <summary>Calls one function: the one of the error's case.</summary>
    public T Match<T>(Func<T> unrecognised, Func<T> notUtf8, Func<T> badTime, Func<T> missingText) =>
        @case switch
        {
            Case.Unrecognised => unrecognised(),
            Case.NotUtf8 => notUtf8(),
            Case.BadTime => badTime(),
            Case.MissingText => missingText(),
        };

    /// <summary>What was expected, as a sentence for people.</summary>
    public override string ToString() => $"expected {Expected}";
}
