using System.CommandLine;
using LanguageExt;
using TinyTcp.Cli.Bench.Engine;
using TinyTcp.Cli.Errors;
using TinyTcp.Cli.Parsing;
using TinyTcp.Core.Commands;
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

    private static readonly string Echo = CommandTable.Echo.Verb.ToLowerInvariant();
    private static readonly string Time = CommandTable.Time.Verb.ToLowerInvariant();

    private readonly System.CommandLine.Option<long> connectionsOption = NumberOption.PositiveInteger(
        "--connections",
        Invariant($"Number of connections, up to {MaxConnections:N0}."),
        MaxConnections,
        defaultValue: 50
    );

    private readonly System.CommandLine.Option<long> depthOption = NumberOption.PositiveInteger(
        "--depth",
        "Requests in flight on each connection: the size of a batch, or the maximum with --rate.",
        MaxDepth,
        defaultValue: 1
    );

    private readonly ValueOption requestOption = new ValueOption("--request")
    {
        Description = "The request to send.",
        DefaultValueFactory = static _ => Echo,
    }.AcceptOnlyFromAmong(Echo, Time);

    private readonly System.CommandLine.Option<long> sizeOption = NumberOption.PositiveInteger(
        "--size",
        $"Length of the text of {Echo}, in bytes.",
        MaxSize,
        defaultValue: 5
    );

    private readonly System.CommandLine.Option<long> rateOption = NumberOption.PositiveInteger(
        "--rate",
        "Open loop: send this many requests a second, independent of replies. Without it, closed loop: send when the previous batch is answered.",
        MaxRate
    );

    private readonly System.CommandLine.Option<double> warmUpOption = NumberOption.SecondsOrZero(
        "--warmup",
        "Send for this long before measuring.",
        defaultValue: 1
    );

    private readonly System.CommandLine.Option<double> durationOption = NumberOption.Seconds(
        "--seconds",
        "Length of the measurement.",
        defaultValue: 10
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
    }

    /// <summary>Reads the options, whose values the parser has checked, and checks them together.</summary>
    internal Either<CliError, LoadProfile> Read(ParseResult parsed)
    {
        var (connections, depth) = (parsed.GetValue(connectionsOption), parsed.GetValue(depthOption));
        var isTime = parsed.GetValue(requestOption) == Time;
        return connections * depth > MaxInFlight
                ? CliError.Usage(
                    Invariant(
                        $"{connections} connections of depth {depth} are more than {MaxInFlight} requests in flight. Lower one of them."
                    )
                )
            : isTime && parsed.GetResult(sizeOption) is { Implicit: false }
                ? CliError.Usage($"--size needs --request {Echo}. Leave it out.")
            : new LoadProfile(
                isTime ? Request.Time : CreateEcho((int)parsed.GetValue(sizeOption)),
                (int)connections,
                (int)depth,
                Prelude.Some(parsed.GetValue(rateOption)).Filter(static rate => rate > 0),
                TimeSpan.FromSeconds(parsed.GetValue(warmUpOption)),
                TimeSpan.FromSeconds(parsed.GetValue(durationOption))
            );
    }

    private static Request CreateEcho(int size) =>
        Request.Echo((LineText)LineText.From(new string('x', size)));
}
