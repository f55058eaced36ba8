using System;

namespace TinyTcp.Core.Replies;

/// <summary>
/// Why a line is no reply of this protocol: a closed union; always the server's fault.
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

    /// <summary>The line begins with no word that a reply begins with, or holds an LF.</summary>
    public static ReplyError Unrecognised => default;

    /// <summary>The line is not UTF-8 (F-7).</summary>
    public static ReplyError NotUtf8 => new(Case.NotUtf8);

    /// <summary>TIME, and then something that is no timestamp (T-1, T-2).</summary>
    public static ReplyError BadTime => new(Case.BadTime);

    /// <summary>A reply that carries a text, without one.</summary>
    public static ReplyError MissingText => new(Case.MissingText);

    /// <summary>What was expected, as a sentence for people.</summary>
    public string Expected =>
        Match(
            unrecognised: static () => "a reply that begins with WELCOME, TIME, ECHO, HELP, BYE or ERROR",
            notUtf8: static () => "UTF-8",
            badTime: static () => "TIME and a timestamp such as 2025-09-12T17:24:13-05:00",
            missingText: static () => "a text after the reply's first word"
        );

    /// <summary>One function for each case; exactly one is called.</summary>
    public T Match<T>(Func<T> unrecognised, Func<T> notUtf8, Func<T> badTime, Func<T> missingText) =>
        @case switch
        {
            Case.NotUtf8 => notUtf8(),
            Case.BadTime => badTime(),
            Case.MissingText => missingText(),
            _ => unrecognised(),
        };

    /// <summary>What was expected, as a sentence for people.</summary>
    public override string ToString() => $"expected {Expected}";
}
