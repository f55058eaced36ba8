using FsCheck;
using FsCheck.Fluent;
using TinyTcp.Core.Commands;
using TinyTcp.Core.Errors;
using TinyTcp.Core.Replies;
using TinyTcp.Core.Wire;

namespace TinyTcp.Tests.Core.Generators;

/// <summary>Generates and shrinks the values of the protocol: commands, errors, times and replies.</summary>
internal static class Values
{
    /// <summary>Commands of every row of the command table, so that the laws cover a new row, too.</summary>
    internal static Gen<Command> Command { get; } =
        Gen.OneOf(CommandTable.Rows.Select(static row => CommandOf(row)));

    internal static Gen<ErrorCode> Error { get; } = Gen.Elements(ErrorCode.All.ToArray());

    /// <summary>Any time from year 1 to year 9999, to the tick, with any offset.</summary>
    internal static Gen<DateTimeOffset> Moment { get; } =
        from minutes in Gen.Frequency((1, Gen.Constant(0)), (3, Gen.Choose(-14 * 60, 14 * 60)))
        from day in Gen.Frequency((1, Gen.Elements(1, 3_652_056)), (9, Gen.Choose(1, 3_652_056)))
        from second in Gen.Choose(0, 86_399)
        from tick in Gen.Choose(0, 9_999_999)
        select new DateTimeOffset(default(DateTime), TimeSpan.Zero)
            .AddDays(day)
            .AddSeconds(second)
            .AddTicks(tick)
            .ToOffset(TimeSpan.FromMinutes(minutes));

    internal static Gen<Timestamp> Time { get; } = Moment.Select(Timestamp.From);

    /// <summary>Replies of every kind, with the payload that their syntax requires.</summary>
    internal static Gen<Reply> Reply { get; } =
        Gen.OneOf(
            ReplySyntax
                .Kinds.Select(static kind => ReplyOf(kind))
                .Append(Error.Select(TinyTcp.Core.Replies.Reply.Error))
        );

    internal static IEnumerable<Command> Shrink(Command command) =>
        command
            .AsText.ToSeq()
            .SelectMany(static text => Texts.Shrink(text).Select(TinyTcp.Core.Commands.Command.Echo))
            .Append(TinyTcp.Core.Commands.Command.Time)
            .Where(smaller => smaller != command);

    internal static IEnumerable<Reply> Shrink(Reply reply) =>
        reply
            .AsText.ToSeq()
            .SelectMany(text =>
                Texts.Shrink(text).Select(shorter => TinyTcp.Core.Replies.Reply.Of(reply.Kind, shorter))
            )
            .Append(TinyTcp.Core.Replies.Reply.Bye)
            .Where(smaller => smaller != reply);

    private static Gen<Command> CommandOf(CommandSpec row) =>
        row.Argument switch
        {
            ArgumentRule.Ignored => Gen.Constant(TinyTcp.Core.Commands.Command.Of(row.Kind, default)),
            ArgumentRule.Required => Texts.Text.Select(text =>
                TinyTcp.Core.Commands.Command.Of(row.Kind, text)
            ),
        };

    private static Gen<Reply> ReplyOf(ReplyKind kind) =>
        ReplySyntax.PayloadOf(kind) switch
        {
            ReplyPayload.None => Gen.Constant(TinyTcp.Core.Replies.Reply.Of(kind)),
            ReplyPayload.Text => Texts.Text.Select(text => TinyTcp.Core.Replies.Reply.Of(kind, text)),
            ReplyPayload.Timestamp => Time.Select(TinyTcp.Core.Replies.Reply.Time),
        };
}
