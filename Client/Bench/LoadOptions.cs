using System.CommandLine;
using System.Globalization;
using LanguageExt;
using TinyTcp.Cli.Bench.Engine;
using TinyTcp.Cli.Errors;
using TinyTcp.Cli.Parsing;
using TinyTcp.Client.Primitives;
using TinyTcp.Core.Commands;
using TinyTcp.Core.Wire;
using Command = System.CommandLine.Command;

namespace TinyTcp.Cli.Bench;

/// <summary>The options that say what load there is to be, and what they come to.</summary>
internal sealed class LoadOptions
{
    private const int MaxConnections = 20_000;
    private const int MaxDepth = 10_000;
    private const int MaxInFlight = 10_000_000;
    private const int MaxSize = 65_000;
    private const int MaxRate = 100_000_000;

    private static readonly IEnumerable<string> RequestVerbs =
    [
        Verb(CommandTable.Echo),
        Verb(CommandTable.Time),
    ];

    private readonly ValueOption connectionsOption = CreateOption(
        "--connections",
        "N",
        string.Create(
            CultureInfo.InvariantCulture,
            $"How many connections ask, up to {MaxConnections:N0}; 50 unless given."
        )
    );

    private readonly ValueOption depthOption = CreateOption(
        "--depth",
        "N",
        "How many requests each has under way: in a closed loop a batch of so many, with --rate at most so many; 1 unless given."
    );

    private readonly ValueOption requestOption = CreateOption(
        "--request",
        "VERB",
        $"What is asked: {string.Join(" or ", RequestVerbs)}; {Verb(CommandTable.Echo)} unless given."
    );

    private readonly ValueOption sizeOption = CreateOption(
        "--size",
        "BYTES",
        "How long the text to echo is; 5 unless given."
    );

    private readonly ValueOption rateOption = CreateOption(
        "--rate",
        "N",
        "Open loop: so many requests a second, whether replies come or not. Without it, closed loop: as many as are answered."
    );

    private readonly ValueOption warmUpOption = CreateOption(
        "--warmup",
        "SECONDS",
        "How long it goes on before anything counts; 1 unless given."
    );

    private readonly ValueOption durationOption = CreateOption(
        "--seconds",
        "SECONDS",
        "How long it counts; 10 unless given."
    );

    /// <summary>Puts them on a command.</summary>
    internal void AddTo(Command command)
    {
        requestOption.CompletionSources.Add([.. RequestVerbs]);
        new[]
        {
            connectionsOption,
            depthOption,
            requestOption,
            sizeOption,
            rateOption,
            warmUpOption,
            durationOption,
        }
            .ToList()
            .ForEach(command.Options.Add);
    }

    /// <summary>Judges them.</summary>
    internal Either<CliError, LoadProfile> Read(ParseResult parsed)
    {
        var judged = new FirstError();
        var count = judged.Unwrap(
            ReadInteger(parsed, connectionsOption, "number of connections", 50, MaxConnections),
            1
        );
        var each = judged.Unwrap(ReadInteger(parsed, depthOption, "depth", 1, MaxDepth), 1);
        judged.Unwrap(CheckInFlight(count, each), true);
        var load = new LoadProfile(
            judged.Unwrap(ReadRequest(parsed), Core.Commands.Command.Time),
            count,
            each,
            judged.Unwrap(ReadRate(parsed), default),
            judged.Unwrap(
                NumberParser.SecondsOrZero("warm-up", parsed.GetValue(warmUpOption) ?? "1"),
                default
            ),
            judged.Unwrap(
                NumberParser.Seconds("number of seconds", parsed.GetValue(durationOption) ?? "10"),
                default
            )
        );
        return judged.ToResult(load);
    }

    /// <summary>An option that takes a value.</summary>
    internal static ValueOption CreateOption(string name, string helpName, string description) =>
        new(name) { Description = description, HelpName = helpName };

    private static string Verb(CommandSpec spec) => spec.Verb.ToLowerInvariant();

    private static Either<CliError, int> ReadInteger(
        ParseResult parsed,
        ValueOption option,
        string label,
        int defaultValue,
        int max
    ) =>
        parsed.GetValue(option) is { } written
            ? NumberParser.PositiveInteger(label, written, max).Map(static number => (int)number)
            : Math.Min(defaultValue, max);

    private static Either<CliError, bool> CheckInFlight(int connections, int depth) =>
        (long)connections * depth <= MaxInFlight
            ? true
            : CliError.Usage(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{connections} connections of depth {depth} are too many requests under way: give fewer, {MaxInFlight} in all."
                )
            );

    private Either<CliError, LanguageExt.Option<long>> ReadRate(ParseResult parsed) =>
        parsed.GetValue(rateOption) is { } written
            ? NumberParser.PositiveInteger("rate", written, MaxRate).Map(Prelude.Some)
            : LanguageExt.Option<long>.None;

    private Either<CliError, Core.Commands.Command> ReadRequest(ParseResult parsed)
    {
        var verb = parsed.GetValue(requestOption) ?? Verb(CommandTable.Echo);
        return !RequestVerbs.Contains(verb, StringComparer.Ordinal)
                ? CliError.Usage(
                    $"The request is {Quote.Of(verb)}: give {string.Join(" or ", RequestVerbs)}."
                )
            : verb == Verb(CommandTable.Echo)
                ? CreateEcho(ReadInteger(parsed, sizeOption, "size", 5, MaxSize))
            : parsed.GetValue(sizeOption) is null ? Core.Commands.Command.Time
            : CliError.Usage($"A size is given, and {verb} has no text: leave one of them out.");
    }

    private static Either<CliError, Core.Commands.Command> CreateEcho(Either<CliError, int> size)
    {
        if (size.IsLeft)
        {
            return (CliError)size;
        }

        var text = LineText.From(new string('x', (int)size));
        return text.IsSome
            ? Core.Commands.Command.Echo((LineText)text)
            : CliError.Usage("The text cannot be echoed.");
    }
}
