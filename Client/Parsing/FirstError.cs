using LanguageExt;
using TinyTcp.Cli.Errors;

namespace TinyTcp.Cli.Parsing;

/// <summary>
/// Many things that are judged one after the other: the first complaint is the one that is told. As one expression of as many
/// parts it would come to more types than a native compiler gets through.
/// </summary>
internal sealed class FirstError
{
    private Option<CliError> error;

    /// <summary>Notes one thing.</summary>
    /// <returns>It; or a value in place of one that is wrong.</returns>
    internal T Unwrap<T>(Either<CliError, T> result, T fallback)
    {
        if (result.IsRight)
        {
            return (T)result;
        }

        error = error.IsSome ? error : (CliError)result;
        return fallback;
    }

    /// <summary>All of it, unless anything is wrong.</summary>
    internal Either<CliError, T> ToResult<T>(T value) => error.IsSome ? (CliError)error : value;
}
