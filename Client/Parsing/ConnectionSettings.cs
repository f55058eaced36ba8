using System.CommandLine;
using System.Globalization;
using LanguageExt;
using TinyTcp.Cli.Errors;
using TinyTcp.Cli.IO;
using TinyTcp.Client.Options;
using TinyTcp.Client.Primitives;
using TinyTcp.Core.Sessions;

namespace TinyTcp.Cli.Parsing;

/// <summary>Whom to call, and how.</summary>
/// <param name="Target">Whom.</param>
/// <param name="ClientOptions">How.</param>
internal sealed record ConnectionSettings(ServerEndPoint Target, ClientOptions ClientOptions);

/// <summary>
/// The options that say whom to call, and what they come to. The parser only tells words apart: they are judged here, so
/// that every complaint is a sentence of ours.
/// </summary>
/// <param name="environment">Its clock and its variables.</param>
internal sealed class ConnectionOptions(CliEnvironment environment)
{
    /// <summary>The variable that names the target where no option does.</summary>
    internal const string TargetVariable = "TINYTCP_TARGET";

    /// <summary>The target where nothing names one.</summary>
    internal const string DefaultTarget = "127.0.0.1:40000";

    /// <summary>The option that names the target.</summary>
    internal ValueOption TargetOption { get; } =
        new("--target", "-t")
        {
            Description =
                $"Whom to call: HOST:PORT, tls://HOST:PORT or unix:PATH. Unless given: ${TargetVariable}, or else {DefaultTarget}. TLS trusts what the system does, or $SSL_CERT_FILE.",
            HelpName = "TARGET",
        };

    private readonly ValueOption timeoutOption = new("--timeout")
    {
        Description = string.Create(
            CultureInfo.InvariantCulture,
            $"The longest wait for a connection or a reply; {ClientOptions.Default.ReplyTimeout.TotalSeconds} unless given."
        ),
        HelpName = "SECONDS",
    };

    /// <summary>Puts the options on a command, behind its own.</summary>
    internal void AddTo(Command command)
    {
        command.Options.Add(TargetOption);
        command.Options.Add(timeoutOption);
    }

    /// <summary>Judges what was given.</summary>
    internal Either<CliError, ConnectionSettings> Read(ParseResult parsed) =>
        from server in ReadTarget(parsed)
        from call in Read(parsed, server)
        select call;

    /// <summary>The same for a target that is known.</summary>
    internal Either<CliError, ConnectionSettings> Read(ParseResult parsed, ServerEndPoint target) =>
        Prelude
            .Optional(parsed.GetValue(timeoutOption))
            .Match(Some: ReadTimeout, None: static () => ClientOptions.Default.ReplyTimeout)
            .Map(timeout => new ConnectionSettings(
                target,
                ClientOptions.Default with
                {
                    ConnectTimeout = timeout,
                    ReplyTimeout = timeout,
                    MaxReplyLine = (int)LimitTable.MaxLine.Max,
                    TimeProvider = environment.Time,
                }
            ));

    /// <summary>The target that the option names, if it is given.</summary>
    internal LanguageExt.Option<Either<CliError, ServerEndPoint>> FromOption(ParseResult parsed) =>
        Prelude
            .Optional(parsed.GetValue(TargetOption))
            .Map(static written =>
                TinyTcp.Client.Primitives.ServerEndPoint.From(written).MapLeft(CliError.From)
            );

    private LanguageExt.Option<Either<CliError, ServerEndPoint>> FromEnvironment() =>
        environment
            .GetVariable(TargetVariable)
            .Filter(static written => written.Length > 0)
            .Map(static written =>
                TinyTcp
                    .Client.Primitives.ServerEndPoint.From(written)
                    .MapLeft(static error => CliError.Usage($"{TargetVariable}: {error.Message}"))
            );

    private static Either<CliError, TimeSpan> ReadTimeout(string text) =>
        NumberParser.Seconds("time-out", text);

    private Either<CliError, ServerEndPoint> ReadTarget(ParseResult parsed) =>
        (FromOption(parsed) || FromEnvironment()).IfNone(static () =>
            TinyTcp.Client.Primitives.ServerEndPoint.From(DefaultTarget).MapLeft(CliError.From)
        );
}
