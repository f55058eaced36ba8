using LanguageExt;
using TinyTcp.Client;

namespace TinyTcp.Cli;

/// <summary>What went wrong, for programs.</summary>
/// <param name="Code">Its name: a row of the client's errors, or of the protocol's.</param>
/// <param name="Fault">Whose fault it is.</param>
/// <param name="Sentence">For people.</param>
/// <param name="ExitCode">How the program ends by it.</param>
internal sealed record Failure(string Code, string Fault, string Sentence, int ExitCode)
{
    internal static Failure? Of(Option<ClientError> error) =>
        error
            .Map(static known => new Failure(
                known.Code,
                known.Fault.ToString(),
                known.Sentence,
                ExitCodes.Of(known).Code
            ))
            .MatchUnsafe(Some: static failure => failure, None: static () => null);
}
