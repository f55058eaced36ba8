using FsCheck;
using FsCheck.Fluent;
using TinyTcp.Core.Commands;
using TinyTcp.Core.Errors;
using TinyTcp.Core.Replies;
using TinyTcp.Core.Wire;

namespace TinyTcp.Tests.Core.Generators;

/// <summary>The protocol's values: commands, errors, times and replies, and their shrinkers.</summary>
internal static class Values
{
    internal static Gen<Command> Command { get; } =
        Gen.Frequency(
            (
                1,
                Gen.Elements(
                    TinyTcp.Core.Commands.Command.Time,
                    TinyTcp.Core.Commands.Command.Help,
                    TinyTcp.Core.Commands.Command.Quit
                )
            ),
            (1, Texts.Text.Select(TinyTcp.Core.Commands.Command.Echo))
        );

    internal static Gen<ErrorCode> Error { get; } =
        Gen.Elements(ErrorTable.Rows.Select(static row => (ErrorCode)ErrorTable.Find(row.Word)).ToArray());

    /// <summary>Any moment from the first year to the last, at any offset that may be, to the tick.</summary>
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

    internal static Gen<Reply> Reply { get; } =
        Gen.OneOf(
            Gen.Constant(TinyTcp.Core.Replies.Reply.Bye),
            Texts.Text.Select(TinyTcp.Core.Replies.Reply.Welcome),
            Time.Select(static time => TinyTcp.Core.Replies.Reply.Time(time)),
            Texts.Text.Select(TinyTcp.Core.Replies.Reply.Echo),
            Texts.Text.Select(TinyTcp.Core.Replies.Reply.Help),
            Error.Select(TinyTcp.Core.Replies.Reply.Error),
            Texts.Text.Select(TinyTcp.Core.Replies.Reply.Error)
        );

    internal static IEnumerable<Command> Shrink(Command command) =>
        command.Match(
            time: static () => [],
            echo: static text =>
                Texts
                    .Shrink(text)
                    .Select(TinyTcp.Core.Commands.Command.Echo)
                    .Prepend(TinyTcp.Core.Commands.Command.Time),
            help: static () => [TinyTcp.Core.Commands.Command.Time],
            quit: static () => [TinyTcp.Core.Commands.Command.Time]
        );

    internal static IEnumerable<Reply> Shrink(Reply reply) =>
        reply.Match(
            welcome: static text => Texts.Shrink(text).Select(TinyTcp.Core.Replies.Reply.Welcome),
            time: static _ => [TinyTcp.Core.Replies.Reply.Bye],
            echo: static text => Texts.Shrink(text).Select(TinyTcp.Core.Replies.Reply.Echo),
            help: static text => Texts.Shrink(text).Select(TinyTcp.Core.Replies.Reply.Help),
            bye: static () => [],
            error: static _ => [TinyTcp.Core.Replies.Reply.Bye],
            unknownError: static text => Texts.Shrink(text).Select(TinyTcp.Core.Replies.Reply.Error)
        );
}
