using LanguageExt;
using TinyTcp.Cli.Errors;

namespace TinyTcp.Cli.Parsing;

/// <summary>
/// Collects values that may be errors, and keeps the first error. One LINQ expression of as many parts would need more
/// generic types than the native compiler handles.
/// </summary>
internal sealed class FirstError
{
    private Option<CliError> error;

    /// <summary>The value of a result; the fallback in place of an error, which is kept if it is the first.</summary>
    internal T Unwrap<T>(Either<CliError, T> result, T fallback)
    {
        if (result.IsRight)
        {
            return (T)result;
        }

        error = error.IsSome ? error : (CliError)result;
        return fallback;
    }

    /// <summary>The value, or the first error.</summary>
    internal Either<CliError, T> ToResult<T>(T value) => error.IsSome ? (CliError)error : value;
}
