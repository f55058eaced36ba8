using System.CommandLine;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using LanguageExt;
using TinyTcp.Cli.Errors;
using TinyTcp.Cli.IO;
using TinyTcp.Cli.Record;
using TinyTcp.Client.Options;
using TinyTcp.Client.Primitives;
using TinyTcp.Client.Sockets;
using TinyTcp.Core.Sessions;

namespace TinyTcp.Cli.Parsing;

/// <summary>The server, by position or by <c>--target</c>, and <c>--timeout</c>: what every command that connects has.</summary>
/// <param name="environment">The clock and the environment variables.</param>
internal sealed class ConnectionOptions(CliEnvironment environment)
{
    /// <summary>The environment variable with the default target.</summary>
    internal const string TargetVariable = "TINYTCP_TARGET";

    /// <summary>The target if neither the command line nor the variable names one.</summary>
    internal const string DefaultTarget = CliError.DefaultServer;

    /// <summary>The name of the option with the target.</summary>
    internal const string TargetName = "--target";

    /// <summary>OpenSSL's variable with the file of the certificates to trust.</summary>
    private const string CertificatesVariable = "SSL_CERT_FILE";

    private readonly ValueOption targetOption = new(TargetName, "-t")
    {
        Description =
            $"The server: HOST:PORT, tls://HOST:PORT or unix:PATH. {TargetVariable} sets the default. TLS trusts the system's certificates, or those in {CertificatesVariable}.",
        HelpName = "TARGET",
        DefaultValueFactory = _ =>
            environment
                .GetVariable(TargetVariable)
                .Filter(static value => value.Length > 0)
                .IfNone(DefaultTarget),
    };

    // All words before a command, so that a mistyped command is found among them. Hidden: help shows it in words.
    private readonly TargetArgument leadingTarget = new(ArgumentArity.ZeroOrMore) { Hidden = true };

    private readonly TargetArgument trailingTarget = new(new ArgumentArity(0, 2));

    private readonly QuantityOption timeoutOption = QuantityOption.Duration(
        "--timeout",
        "Maximum wait for a connection or a reply, such as 500ms or 5s.",
        ClientOptions.Default.ReplyTimeout
    );

    private readonly ValueOption recordOption = new("--record")
    {
        Description = "Write the conversation to a file, as a transcript that 'replay' can play.",
        HelpName = "FILE",
    };

    /// <summary>Adds the options to the program, and the server before a command.</summary>
    internal void AddToProgram(Command program)
    {
        program.Arguments.Add(leadingTarget);
        AddTo(program);
    }

    /// <summary>Adds the options to a command.</summary>
    internal void AddTo(Command command)
    {
        command.Options.Add(targetOption);
        command.Options.Add(timeoutOption);
    }

    /// <summary>Adds the option of a recording to a command.</summary>
    internal void AddRecordTo(Command command) => command.Options.Add(recordOption);

    /// <summary>Adds the options to a command that takes no text, and the server behind it.</summary>
    internal void AddWithTargetTo(Command command)
    {
        command.Arguments.Add(trailingTarget);
        AddTo(command);
    }

    /// <summary>Whether the command line names a target.</summary>
    internal bool HasTarget(ParseResult parsed) => TargetsIn(parsed).Any();

    /// <summary>Reads the target and the options.</summary>
    internal Either<CliError, ConnectionSettings> Read(ParseResult parsed) => Read(parsed, []);

    /// <summary>Reads the target, which other arguments may name, and the options.</summary>
    internal Either<CliError, ConnectionSettings> Read(ParseResult parsed, string[] trailingWords) =>
        ReadTarget(parsed, trailingWords)
            .Bind(CheckCertificates)
            .Map(target => ReadFor(target, parsed))
            .Bind(settings => AddRecording(settings, parsed));

    /// <summary>Reads the options for a target that the command line does not name.</summary>
    internal ConnectionSettings ReadFor(ServerEndPoint target, ParseResult parsed)
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

    private Either<CliError, ConnectionSettings> AddRecording(
        ConnectionSettings settings,
        ParseResult parsed
    ) =>
        parsed.GetValue(recordOption) is { } path
            ? RecordingFile
                .Create(path, environment)
                .Map(file =>
                    settings with
                    {
                        ClientOptions = settings.ClientOptions with
                        {
                            Record = (stream, server) => new RecordedStream(stream, file.Connect(server)),
                        },
                    }
                )
            : settings;

    /// <summary>Checks that the certificates to trust can be read: .NET would trust the system's instead.</summary>
    private Either<CliError, ServerEndPoint> CheckCertificates(ServerEndPoint target)
    {
        var path = environment.GetVariable(CertificatesVariable).IfNone("");
        if (target is not ServerEndPoint.Tls || path.Length == 0 || !OperatingSystem.IsLinux())
        {
            return target;
        }

        try
        {
            var certificates = new X509Certificate2Collection();
            certificates.ImportFromPemFile(path);
            return certificates.Count > 0
                ? target
                : CliError.Usage(
                    $"{CertificatesVariable}: {Quote.Of(path)} has no certificate. Give a file of certificates, or unset it."
                );
        }
        catch (CryptographicException invalid)
        {
            return CliError.Usage(
                $"{CertificatesVariable}: {Quote.Of(path)} has a certificate that is not valid ({CliError.SystemMessage(invalid)}). Give a file of certificates, or unset it."
            );
        }
        catch (Exception unread) when (CliError.IsFileSystemError(unread))
        {
            return CliError.Usage(
                $"{CertificatesVariable}: cannot read {Quote.Of(path)} ({CliError.SystemMessage(unread)}). Give a file of certificates, or unset it."
            );
        }
    }

    private Either<CliError, ServerEndPoint> ReadTarget(ParseResult parsed, string[] trailingWords) =>
        TargetsIn(parsed).Append(trailingWords).Where(static words => words.Length > 0).ToArray() switch
        {
            [] => ReadDefaultTarget(parsed),
            [var words] => TargetArgument.ToTarget(words),
            [var first, var second, ..] => CliError.Usage(
                $"Both {Quote.Of(string.Join(' ', first))} and {Quote.Of(string.Join(' ', second))} name a server. Remove one of them."
            ),
        };

    // The built-in default is valid: an invalid one comes from the variable.
    private Either<CliError, ServerEndPoint> ReadDefaultTarget(ParseResult parsed) =>
        ServerEndPoint
            .From(parsed.GetValue(targetOption) ?? DefaultTarget)
            .MapLeft(static error => CliError.Usage($"{TargetVariable}: {error.Message}"));

    /// <summary>The words of each target that the command line names.</summary>
    private IEnumerable<string[]> TargetsIn(ParseResult parsed)
    {
        var option = parsed.GetResult(targetOption) is { Implicit: false }
            ? parsed.GetValue(targetOption)
            : null;
        string[][] targets =
        [
            parsed.GetValue(leadingTarget) ?? [],
            parsed.GetValue(trailingTarget) ?? [],
            option is null ? [] : [option],
        ];
        return targets.Where(static words => words.Length > 0);
    }
}
