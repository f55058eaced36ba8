using System.Globalization;
using TinyTcp.Core.Commands;
using TinyTcp.Core.Errors;
using TinyTcp.Core.Sessions;
using TinyTcp.Core.Verbs;
using TinyTcp.Tests.Support;

namespace TinyTcp.Tests.Docs;

/// <summary>Core's tables as Markdown.</summary>
internal static class Tables
{
    internal static string Commands() =>
        Table(
            ["request", "argument", "reply", "example", "meaning", "rule"],
            CommandTable.Rows.Select(static row =>
                (string[])
                    [
                        Code(row.Syntax),
                        row.Argument.ToString().ToLowerInvariant(),
                        Code(row.Reply),
                        Example(row),
                        row.Summary,
                        row.Rule,
                    ]
            )
        );

    internal static string Errors() =>
        Table(
            ["code", "when", "it", "what a client should do", "rule"],
            ErrorCode.All.Select(static code =>
                (string[])[Code(code.Name), code.Description, Effect(code), code.Advice, code.Rule]
            )
        );

    internal static string Limits() =>
        Table(
            ["limit", "default", "min", "max", "0", "meaning", "rule"],
            LimitTable.Rows.Select(static row =>
                (string[])
                    [
                        Code(row.Name),
                        Quantity(row.Default, row.Unit),
                        Quantity(row.Min, row.Unit),
                        Quantity(row.Max, row.Unit),
                        row.ZeroIsOff ? "no limit" : "not allowed",
                        row.Description,
                        row.Rule,
                    ]
            )
        );

    internal static string ExitCodes() =>
        Table(
            ["code", "name", "when"],
            TinyTcp.Cli.Errors.ExitCodes.Rows.Select(static row =>
                (string[])[row.Code.ToString(CultureInfo.InvariantCulture), Code(row.Name), row.Description]
            )
        );

    internal static string States() =>
        Table(
            ["state", "meaning"],
            Enum.GetValues<SessionState>()
                .Select(static state => (string[])[state.ToString(), Summaries.Of(state)])
        );

    /// <summary>One row for each trigger, one column for each state.</summary>
    internal static string StateTransitions()
    {
        var states = Enum.GetValues<SessionState>()
            .Where(static state => state != SessionState.Ended)
            .ToArray();
        return Table(
            ["event", .. states.Select(static state => state.ToString())],
            Enum.GetValues<Trigger>()
                .Select(trigger =>
                    (string[])
                        [
                            $"{trigger}: {Summaries.Of(trigger)}",
                            .. states.Select(state => Cell(state, trigger)),
                        ]
                )
        );
    }

    private static string Cell(SessionState state, Trigger trigger) =>
        Transitions
            .Rows.Where(row => row.From == state && row.Trigger == trigger)
            .Select(static row =>
                row.Next.Match(
                    read: () => row.Target.ToString(),
                    flush: () => row.Target.ToString(),
                    close: reason => $"{row.Target}: {reason}"
                )
            )
            .SingleOrDefault("");

    private static string Effect(ErrorCode code) =>
        code.EndsConnection ? "ends the connection" : "answers a request";

    private static string Example(CommandSpec row)
    {
        var request = row.Syntax.Replace("<TEXT>", "hello", StringComparison.Ordinal);
        return $"{Code(request)} → {Code(Protocol.Render(Protocol.Evaluate(Protocol.Parse(request), TestValues.Moment)))}";
    }

    private static string Quantity(long value, LimitUnit unit) =>
        unit switch
        {
            LimitUnit.Bytes => string.Create(CultureInfo.InvariantCulture, $"{value:N0} bytes"),
            LimitUnit.Milliseconds when value % 1_000 == 0 => string.Create(
                CultureInfo.InvariantCulture,
                $"{value / 1_000:N0} s"
            ),
            LimitUnit.Milliseconds => string.Create(CultureInfo.InvariantCulture, $"{value:N0} ms"),
            LimitUnit.Count => string.Create(CultureInfo.InvariantCulture, $"{value:N0}"),
        };

    private static string Code(string text) => $"`{text.Replace("|", "\\|", StringComparison.Ordinal)}`";

    private static string Table(string[] header, IEnumerable<string[]> rows) =>
        string.Concat(
            new[] { header, [.. header.Select(static _ => "---")] }
                .Concat(rows)
                .Select(static cells => $"| {string.Join(" | ", cells)} |\n")
        );
}
