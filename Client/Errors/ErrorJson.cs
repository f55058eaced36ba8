using LanguageExt;
using TinyTcp.Client.Primitives;

namespace TinyTcp.Cli.Errors;

/// <summary>An error as JSON.</summary>
/// <param name="Code">The error's name: the client's, or the protocol's where the server sent a known one.</param>
/// <param name="Source">Where the error comes from.</param>
/// <param name="Message">What failed and what to do, for people.</param>
/// <param name="ExitCode">The program's exit code for this error.</param>
internal sealed record ErrorJson(string Code, string Source, string Message, int ExitCode)
{
    internal static ErrorJson? From(Option<ClientError> error) =>
        error
            .Map(static known => (Error: known, CliError: CliError.From(known)))
            .Map(static known => new ErrorJson(
                known.Error.Code,
                known.Error.Source.ToString(),
                known.CliError.Message,
                known.CliError.ExitCode.Code
            ))
            .MatchUnsafe(Some: static json => json, None: static () => null);
}
