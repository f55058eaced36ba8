using System.CommandLine;
using System.CommandLine.Completions;

namespace TinyTcp.Cli.Completion;

/// <summary>What the value of an option, or an argument, may be, as scripts write it: words to choose from, or a mark.</summary>
internal static class Taken
{
    /// <summary>There is no value.</summary>
    internal const string Nothing = "";

    /// <summary>Anything: nobody can know what comes.</summary>
    internal const string Anything = "-";

    /// <summary>A file's name.</summary>
    internal const string File = "/";

    /// <summary>By an option.</summary>
    internal static string By(Option option) =>
        option.Arity.MaximumNumberOfValues == 0 ? Nothing : Of(option, Anything);

    /// <summary>By an argument.</summary>
    internal static string By(Argument argument) =>
        // What help calls a file is one.
        Of(argument, argument.Name == "file" ? File : Anything);

    /// <summary>The words to choose from, if there are such.</summary>
    internal static IEnumerable<string> Choices(Symbol symbol) =>
        symbol.GetCompletions(CompletionContext.Empty).Select(static one => one.Label);

    private static string Of(Symbol symbol, string otherwise) =>
        string.Join(' ', Choices(symbol)) is { Length: > 0 } choices ? choices : otherwise;
}
