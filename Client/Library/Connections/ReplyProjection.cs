using LanguageExt;
using TinyTcp.Core.Replies;
using TinyTcp.Core.Wire;

namespace TinyTcp.Client.Connections;

/// <summary>The result of each kind of call in a reply; none if the reply has another type.</summary>
internal static class ReplyProjection
{
    internal static Option<string> Welcome(Reply reply) => TextAsString(reply, ReplyKind.Welcome);

    internal static Option<string> Help(Reply reply) => TextAsString(reply, ReplyKind.Help);

    internal static Option<LineText> Echo(Reply reply) => Text(reply, ReplyKind.Echo);

    internal static Option<DateTimeOffset> Time(Reply reply) => reply.AsTime.Map(static time => time.Moment);

    private static Option<string> TextAsString(Reply reply, ReplyKind kind) =>
        Text(reply, kind).Map(static text => text.ToString());

    private static Option<LineText> Text(Reply reply, ReplyKind kind) =>
        reply.Kind == kind ? reply.AsText : Option<LineText>.None;
}
