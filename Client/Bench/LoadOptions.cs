using System.CommandLine;
using LanguageExt;
using TinyTcp.Cli.Bench.Engine;
using TinyTcp.Cli.Errors;
using TinyTcp.Cli.Parsing;
using TinyTcp.Client.Primitives;
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

    private readonly ValueOption connectionsOption = new("--connections")
    {
        HelpName = "N",
        Description = Invariant($"Number of connections, up to {MaxConnections:N0}. [default: 50]"),
    };

    private readonly ValueOption depthOption = new("--depth")
    {
        HelpName = "N",
        Description =
            "Requests in flight on each connection: the size of a batch, or the most of them with --rate. [default: 1]",
    };

    private readonly ValueOption requestOption = new("--request")
    {
        HelpName = "VERB",
        Description = $"The request to send: {Echo} or {Time}. [default: {Echo}]",
        CompletionSources = { Echo, Time },
    };

    private readonly ValueOption sizeOption = new("--size")
    {
        HelpName = "BYTES",
        Description = $"Length of the text of {Echo}. [default: 5]",
    };

    private readonly ValueOption rateOption = new("--rate")
    {
        HelpName = "N",
        Description =
            "Open loop: send this many requests a second, independent of replies. Without it, closed loop: send when the previous batch is answered.",
    };

    private readonly ValueOption warmUpOption = new("--warmup")
    {
        HelpName = "SECONDS",
        Description = "Send for this long before measuring. [default: 1]",
    };

    private readonly ValueOption durationOption = new("--seconds")
    {
        HelpName = "SECONDS",
        Description = "Length of the measurement. [default: 10]",
    };

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

    /// <summary>Reads the options.</summary>
    internal Either<CliError, LoadProfile> Read(ParseResult parsed)
    {
        var error = new FirstError();
        var connections = error.Unwrap(
            ReadInteger("number of connections", parsed.GetValue(connectionsOption) ?? "50", MaxConnections),
            1
        );
        var depth = error.Unwrap(ReadInteger("depth", parsed.GetValue(depthOption) ?? "1", MaxDepth), 1);
        error.Unwrap(CheckInFlight(connections, depth), true);
        var profile = new LoadProfile(
            error.Unwrap(ReadRequest(parsed), Request.Time),
            connections,
            depth,
            error.Unwrap(ReadRate(parsed.GetValue(rateOption)), default),
            error.Unwrap(
                NumberParser.SecondsOrZero("warm-up", parsed.GetValue(warmUpOption) ?? "1"),
                default
            ),
            error.Unwrap(
                NumberParser.Seconds("number of seconds", parsed.GetValue(durationOption) ?? "10"),
                default
            )
        );
        return error.ToResult(profile);
    }

    private static Either<CliError, int> ReadInteger(string name, string text, int max) =>
        NumberParser.PositiveInteger(name, text, max).Map(static number => (int)number);

    private static Either<CliError, bool> CheckInFlight(int connections, int depth) =>
        (long)connections * depth <= MaxInFlight
            ? true
            : CliError.Usage(
                Invariant(
                    $"{connections} connections of depth {depth} are more than {MaxInFlight} requests in flight. Lower one of them."
                )
            );

    private static Either<CliError, LanguageExt.Option<long>> ReadRate(string? text) =>
        text is null
            ? LanguageExt.Option<long>.None
            : NumberParser.PositiveInteger("rate", text, MaxRate).Map(Prelude.Some);

    private Either<CliError, Request> ReadRequest(ParseResult parsed)
    {
        var verb = parsed.GetValue(requestOption) ?? Echo;
        var size = parsed.GetValue(sizeOption);
        return verb == Echo ? ReadInteger("size", size ?? "5", MaxSize).Map(CreateEcho)
            : verb != Time ? CliError.Usage($"The request is {Quote.Of(verb)}: give {Echo} or {Time}.")
            : size is null ? Request.Time
            : CliError.Usage($"--size needs --request {Echo}. Leave it out.");
    }

    private static Request CreateEcho(int size) =>
        Request.Echo((LineText)LineText.From(new string('x', size)));
}
