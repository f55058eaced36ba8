using LanguageExt;
using TinyTcp.Cli.Benching.Looping;
using TinyTcp.Cli.Benching.Reading;
using TinyTcp.Client;

namespace TinyTcp.Cli.Benching.Reporting;

/// <summary>What a benchmark came to.</summary>
/// <param name="Target">Who bore it.</param>
/// <param name="Load">What was borne.</param>
/// <param name="Noise">What the machine does by itself; none where nobody looked.</param>
/// <param name="Error">What ended it, if something went wrong.</param>
internal sealed record Report(Target Target, Load Load, Option<Noise> Noise, Option<ClientError> Error)
{
    /// <summary>How long requests counted.</summary>
    internal double Seconds { get; init; }

    /// <summary>Their latencies.</summary>
    internal Measured Measured { get; init; } = Measured.Nothing();

    /// <summary>Whether Ctrl-C ended it.</summary>
    internal bool IsInterrupted { get; init; }

    /// <summary>In figures.</summary>
    internal Summary Summary => Summary.Of(Load, Measured, Seconds);
}
