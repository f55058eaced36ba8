using LanguageExt;
using TinyTcp.Client.Primitives;

namespace TinyTcp.Cli.Errors;

/// <summary>What went wrong, for programs.</summary>
/// <param name="Code">Its name: a row of the client's errors, or of the protocol's.</param>
/// <param name="Source">Whose fault it is.</param>
/// <param name="Message">For people.</param>
/// <param name="ExitCode">How the program ends by it.</param>
internal sealed record ErrorJson(string Code, string Source, string Message, int ExitCode)
{
    internal static ErrorJson? From(Option<ClientError> error) =>
        error
            .Map(static known => new ErrorJson(
                known.Code,
                known.Source.ToString(),
                known.Message,
                ExitCodes.From(known).Code
            ))
            .MatchUnsafe(Some: static failure => failure, None: static () => null);
}
