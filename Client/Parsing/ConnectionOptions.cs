using System.CommandLine;
using LanguageExt;
using TinyTcp.Cli.Errors;
using TinyTcp.Cli.IO;
using TinyTcp.Client.Options;
using TinyTcp.Client.Primitives;
using TinyTcp.Core.Sessions;

namespace TinyTcp.Cli.Parsing;

/// <summary><c>--target</c> and <c>--timeout</c>, which every command that connects has.</summary>
/// <param name="environment">The clock and the environment variables.</param>
internal sealed class ConnectionOptions(CliEnvironment environment)
{
    /// <summary>The environment variable with the default target.</summary>
    internal const string TargetVariable = "TINYTCP_TARGET";

    /// <summary>The target if neither the option nor the variable is set.</summary>
    internal const string DefaultTarget = "127.0.0.1:40000";

    private readonly ValueOption targetOption = new("--target", "-t")
    {
        Description =
            $"The server: HOST:PORT, tls://HOST:PORT or unix:PATH. {TargetVariable} sets the default. TLS trusts the system's certificates, or those in SSL_CERT_FILE.",
        HelpName = "TARGET",
        DefaultValueFactory = _ =>
            environment
                .GetVariable(TargetVariable)
                .Filter(static value => value.Length > 0)
                .IfNone(DefaultTarget),
    };

    private readonly QuantityOption timeoutOption = QuantityOption.Duration(
        "--timeout",
        "Maximum wait for a connection or a reply.",
        ClientOptions.Default.ReplyTimeout
    );

    /// <summary>Adds the options to a command.</summary>
    internal void AddTo(Command command)
    {
        command.Options.Add(targetOption);
        command.Options.Add(timeoutOption);
    }

    /// <summary>Whether the command line names a target.</summary>
    internal bool HasTarget(ParseResult parsed) => parsed.GetResult(targetOption) is { Implicit: false };

    /// <summary>Reads the options.</summary>
    internal Either<CliError, ConnectionSettings> Read(ParseResult parsed) =>
        ReadTarget(parsed).Map(target => Read(parsed, target));

    /// <summary>Reads the options other than the target.</summary>
    internal ConnectionSettings Read(ParseResult parsed, ServerEndPoint target)
    {
        var timeout = (TimeSpan)timeoutOption.FindDuration(parsed);
        return new(
            target,
            ClientOptions.Default with
            {
                ConnectTimeout = timeout,
                ReplyTimeout = timeout,
                MaxReplyLine = (int)LimitTable.MaxLine.Max,
                TimeProvider = environment.Time,
            }
        );
    }

    // The built-in default is valid: an invalid one comes from the variable.
    private Either<CliError, ServerEndPoint> ReadTarget(ParseResult parsed) =>
        ServerEndPoint
            .From(parsed.GetValue(targetOption) ?? DefaultTarget)
            .MapLeft(error =>
                HasTarget(parsed)
                    ? CliError.From(error)
                    : CliError.Usage($"{TargetVariable}: {error.Message}")
            );
}
