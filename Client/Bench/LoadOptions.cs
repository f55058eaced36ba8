using System.CommandLine;
using LanguageExt;
using TinyTcp.Cli.Bench.Engine;
using TinyTcp.Cli.Errors;
using TinyTcp.Cli.Parsing;
using TinyTcp.Core.Commands;
using TinyTcp.Core.Units;
using TinyTcp.Core.Wire;
using static System.FormattableString;
using Command = System.CommandLine.Command;
using Request = TinyTcp.Core.Commands.Command;

namespace TinyTcp.Cli.Bench;

/// <summary>The options of <c>bench</c> that define the load.</summary>
internal sealed class LoadOptions
{
    private const int MaxConnections = 20_000;
    private const int MaxDepth = 10_000;
    private const int MaxInFlight = 10_000_000;
    private const int MaxSize = 65_000;
    private const int MaxRate = 100_000_000;
    private const int MaxCount = 1_000_000_000;

    private static readonly string Echo = CommandTable.Echo.Verb.ToLowerInvariant();
    private static readonly string Time = CommandTable.Time.Verb.ToLowerInvariant();

    private readonly QuantityOption connectionsOption = QuantityOption.Count(
        "--connections",
        Invariant($"Number of connections, up to {MaxConnections:N0}."),
        MaxConnections,
        defaultValue: 50,
        "-c"
    );

    private readonly QuantityOption depthOption = QuantityOption.Count(
        "--depth",
        "Requests in flight on each connection: the size of a batch, or the maximum with --rate.",
        MaxDepth,
        defaultValue: 1
    );

    private readonly ValueOption requestOption = new ValueOption("--request")
    {
        Description = "The request to send.",
        DefaultValueFactory = static _ => Echo,
    }.AcceptOnlyFromAmong(StringComparer.OrdinalIgnoreCase, Echo, Time);

    private readonly QuantityOption sizeOption = QuantityOption.Size(
        "--size",
        $"Length of the text of {Echo} in bytes, such as 5 or 4k.",
        MaxSize,
        defaultValue: 5
    );

    private readonly QuantityOption rateOption = QuantityOption.Count(
        "--rate",
        "Open loop: send this many requests a second, independent of replies. Without it, closed loop: send when the previous batch is answered.",
        MaxRate,
        aliases: "-q"
    );

    private readonly QuantityOption warmUpOption = QuantityOption.DurationOrZero(
        "--warmup",
        "Send for this long before measuring.",
        TimeSpan.FromSeconds(1)
    );

    private readonly QuantityOption durationOption = QuantityOption.Duration(
        "--duration",
        "Length of the measurement.",
        TimeSpan.FromSeconds(10),
        "-z"
    );

    private readonly QuantityOption countOption = QuantityOption.Count(
        "--count",
        "Number of requests to measure, in place of --duration.",
        MaxCount,
        aliases: "-n"
    );

    /// <summary>Adds the options to a command.</summary>
    internal void AddTo(Command command)
    {
        command.Options.Add(connectionsOption);
        command.Options.Add(depthOption);
        command.Options.Add(requestOption);
        command.Options.Add(sizeOption);
        command.Options.Add(rateOption);
        command.Options.Add(warmUpOption);
        command.Options.Add(durationOption);
        command.Options.Add(countOption);
    }

    /// <summary>Reads the options, whose values the parser has checked, and checks them together.</summary>
    internal Either<CliError, LoadProfile> Read(ParseResult parsed)
    {
        var profile = CreateProfile(parsed);
        return (long)profile.Connections * profile.Depth > MaxInFlight
                ? CliError.Usage(
                    Invariant(
                        $"{profile.Connections} connections of depth {profile.Depth} are more than {MaxInFlight} requests in flight. Lower one of them."
                    )
                )
            : profile.Request == Request.Time && IsGiven(parsed, sizeOption)
                ? CliError.Usage($"--size needs --request {Echo}. Leave it out.")
            : profile.Count.IsSome && IsGiven(parsed, durationOption)
                ? CliError.Usage("--count excludes --duration. Remove one of them.")
            : profile.Count.IsNone && profile.Rate.Exists(rate => rate * profile.Duration.TotalSeconds < 1)
                ? CliError.Usage(
                    Invariant(
                        $"--rate {(long)profile.Rate} sends less than one request in --duration {UnitNotation.Durations.Format((long)profile.Duration.TotalMilliseconds)}. Raise one of them."
                    )
                )
            : profile;
    }

    private LoadProfile CreateProfile(ParseResult parsed) =>
        new(
            Time.Equals(parsed.GetValue(requestOption), StringComparison.OrdinalIgnoreCase)
                ? Request.Time
                : CreateEcho((int)(long)sizeOption.Find(parsed)),
            (int)(long)connectionsOption.Find(parsed),
            (int)(long)depthOption.Find(parsed),
            rateOption.Find(parsed),
            (TimeSpan)warmUpOption.FindDuration(parsed),
            (TimeSpan)durationOption.FindDuration(parsed)
        )
        {
            Count = countOption.Find(parsed),
        };

    private static bool IsGiven(ParseResult parsed, ValueOption option) =>
        parsed.GetResult(option) is { Implicit: false };

    private static Request CreateEcho(int size) =>
        Request.Echo((LineText)LineText.From(new string('x', size)));
}
