using System.CommandLine;
using System.Globalization;
using LanguageExt;
using TinyTcp.Client;
using TinyTcp.Core.Sessions;

namespace TinyTcp.Cli;

/// <summary>Whom to call, and how.</summary>
/// <param name="Target">Whom.</param>
/// <param name="Options">How.</param>
internal sealed record Call(Target Target, ClientOptions Options);

/// <summary>
/// The options that say whom to call, and what they come to. The parser only tells words apart: they are judged here, so
/// that every complaint is a sentence of ours.
/// </summary>
/// <param name="surroundings">Its clock and its variables.</param>
internal sealed class CallOptions(Surroundings surroundings)
{
    /// <summary>The variable that names the target where no option does.</summary>
    internal const string Variable = "TINYTCP_TARGET";

    /// <summary>The target where nothing names one.</summary>
    internal const string Default = "127.0.0.1:40000";

    /// <summary>The option that names the target.</summary>
    internal ValueOption Target { get; } =
        new("--target", "-t")
        {
            Description =
                $"Whom to call: HOST:PORT, tls://HOST:PORT or unix:PATH. Unless given: ${Variable}, or else {Default}. TLS trusts what the system does, or $SSL_CERT_FILE.",
            HelpName = "TARGET",
        };

    private readonly ValueOption timeout = new("--timeout")
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
        command.Options.Add(Target);
        command.Options.Add(timeout);
    }

    /// <summary>Judges what was given.</summary>
    internal Either<Complaint, Call> Read(ParseResult parsed) =>
        from server in ReadTarget(parsed)
        from call in Read(parsed, server)
        select call;

    /// <summary>The same for a target that is known.</summary>
    internal Either<Complaint, Call> Read(ParseResult parsed, Target known) =>
        Prelude
            .Optional(parsed.GetValue(timeout))
            .Match(Some: Timeout, None: static () => ClientOptions.Default.ReplyTimeout)
            .Map(patience => new Call(
                known,
                ClientOptions.Default with
                {
                    ConnectTimeout = patience,
                    ReplyTimeout = patience,
                    MaxReplyLine = (int)LimitTable.MaxLine.Max,
                    Time = surroundings.Time,
                }
            ));

    /// <summary>The target that the option names, if it is given.</summary>
    internal LanguageExt.Option<Either<Complaint, Target>> Given(ParseResult parsed) =>
        Prelude
            .Optional(parsed.GetValue(Target))
            .Map(static written => TinyTcp.Client.Target.From(written).MapLeft(Complaint.Of));

    private LanguageExt.Option<Either<Complaint, Target>> OfEnvironment() =>
        surroundings
            .Variable(Variable)
            .Filter(static written => written.Length > 0)
            .Map(static written =>
                TinyTcp
                    .Client.Target.From(written)
                    .MapLeft(static error => Complaint.Usage($"{Variable}: {error.Sentence}"))
            );

    private static Either<Complaint, TimeSpan> Timeout(string written) =>
        Numbers.Seconds("time-out", written);

    private Either<Complaint, Target> ReadTarget(ParseResult parsed) =>
        (Given(parsed) || OfEnvironment()).IfNone(static () =>
            TinyTcp.Client.Target.From(Default).MapLeft(Complaint.Of)
        );
}
