using LanguageExt;
using TinyTcp.Core.Replies;
using TinyTcp.Core.Wire;

namespace TinyTcp.Client;

/// <summary>What each call gives its caller of a reply; none where the reply is of another kind.</summary>
internal static class Payload
{
    internal static Option<string> Welcome(Reply reply) =>
        reply.Match(
            welcome: static text => text.ToString(),
            time: static _ => Option<string>.None,
            echo: static _ => default,
            help: static _ => default,
            bye: static () => default,
            error: static _ => default,
            unknownError: static _ => default
        );

    internal static Option<DateTimeOffset> Time(Reply reply) =>
        reply.Match(
            welcome: static _ => default,
            time: static time => time.Moment,
            echo: static _ => Option<DateTimeOffset>.None,
            help: static _ => default,
            bye: static () => default,
            error: static _ => default,
            unknownError: static _ => default
        );

    internal static Option<string> Help(Reply reply) =>
        reply.Match(
            welcome: static _ => default,
            time: static _ => default,
            echo: static _ => Option<string>.None,
            help: static text => text.ToString(),
            bye: static () => default,
            error: static _ => default,
            unknownError: static _ => default
        );

    internal static Option<LineText> Echo(Reply reply) =>
        reply.Match(
            welcome: static _ => default,
            time: static _ => default,
            echo: static text => text,
            help: static _ => Option<LineText>.None,
            bye: static () => default,
            error: static _ => default,
            unknownError: static _ => default
        );
}
