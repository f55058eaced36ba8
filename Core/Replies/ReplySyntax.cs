using System;
using System.Collections.Immutable;
using System.Linq;
using System.Text;

namespace TinyTcp.Core.Replies;

/// <summary>The cases of <see cref="Reply"/>.</summary>
public enum ReplyKind : byte
{
    /// <summary>The reply to QUIT.</summary>
    Bye,

    /// <summary>The reply to ECHO.</summary>
    Echo,

    /// <summary>The reply to TIME.</summary>
    Time,

    /// <summary>An error that this version knows.</summary>
    Error,

    /// <summary>An error that this version does not know.</summary>
    UnknownError,

    /// <summary>The reply to HELP.</summary>
    Help,

    /// <summary>The greeting.</summary>
    Welcome,
}

/// <summary>What follows a reply's word.</summary>
internal enum ReplyPayload : byte
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>A text.</summary>
    Text,

    /// <summary>A timestamp.</summary>
    Timestamp,
}

/// <summary>How each reply is written, under its ABNF rule: Render writes it, Read reads it.</summary>
internal static class ReplySyntax
{
    /// <summary>All kinds of reply.</summary>
    internal static ImmutableArray<ReplyKind> Kinds { get; } = [.. Enum.GetValues<ReplyKind>()];

    /// <summary>The words, each once.</summary>
    internal static ImmutableArray<string> Words { get; } =
    [.. Kinds.Select(static kind => Encoding.ASCII.GetString(WordOf(kind))).Distinct(StringComparer.Ordinal)];

    /// <summary>The word that a reply begins with.</summary>
    internal static ReadOnlySpan<byte> WordOf(ReplyKind kind) =>
        kind switch
        {
            // bye = "BYE"
            ReplyKind.Bye => "BYE"u8,
            // echo-reply = "ECHO" SP text
            ReplyKind.Echo => "ECHO"u8,
            // time-reply = "TIME" SP timestamp
            ReplyKind.Time => "TIME"u8,
            // error-reply = "ERROR" SP text
            ReplyKind.Error => "ERROR"u8,
            ReplyKind.UnknownError => "ERROR"u8,
            // help-reply = "HELP COMMANDS:" SP text
            ReplyKind.Help => "HELP COMMANDS:"u8,
            // greeting = "WELCOME," SP text
            ReplyKind.Welcome => "WELCOME,"u8,
        };

    /// <summary>What follows the word.</summary>
    internal static ReplyPayload PayloadOf(ReplyKind kind) =>
        kind switch
        {
            ReplyKind.Bye => ReplyPayload.None,
            ReplyKind.Time => ReplyPayload.Timestamp,
            ReplyKind.Echo or ReplyKind.Help or ReplyKind.Welcome => ReplyPayload.Text,
            ReplyKind.Error or ReplyKind.UnknownError => ReplyPayload.Text,
        };
}
