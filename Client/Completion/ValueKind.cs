using System.CommandLine;
using System.CommandLine.Completions;

namespace TinyTcp.Cli.Completion;

/// <summary>What the value of an option, or an argument, may be, as scripts write it: words to choose from, or a mark.</summary>
internal static class ValueKind
{
    /// <summary>There is no value.</summary>
    internal const string None = "";

    /// <summary>Anything: nobody can know what comes.</summary>
    internal const string Any = "-";

    /// <summary>A file's name.</summary>
    internal const string File = "/";

    /// <summary>By an option.</summary>
    internal static string For(Option option) =>
        option.Arity.MaximumNumberOfValues == 0 ? None : FromChoices(option, Any);

    /// <summary>By an argument.</summary>
    internal static string For(Argument argument) =>
        // What help calls a file is one.
        FromChoices(argument, argument.Name == "file" ? File : Any);

    /// <summary>The words to choose from, if there are such.</summary>
    internal static IEnumerable<string> Choices(Symbol symbol) =>
        symbol.GetCompletions(CompletionContext.Empty).Select(static one => one.Label);

    private static string FromChoices(Symbol symbol, string fallback) =>
        string.Join(' ', Choices(symbol)) is { Length: > 0 } choices ? choices : fallback;
}
