using System.CommandLine;
using System.CommandLine.Completions;

namespace TinyTcp.Cli.Completion;

/// <summary>The values of an option or argument, as scripts write them: the words to choose from, or one of these marks.</summary>
internal static class ValueKind
{
    /// <summary>No value.</summary>
    internal const string None = "";

    /// <summary>Any value: nothing to offer.</summary>
    internal const string Any = "-";

    /// <summary>A file name.</summary>
    internal const string File = "/";

    /// <summary>The kind of an option.</summary>
    internal static string For(Option option) =>
        option.Arity.MaximumNumberOfValues == 0 ? None : FromChoices(option, Any);

    /// <summary>The kind of an argument: a file by its name.</summary>
    internal static string For(Argument argument) =>
        FromChoices(argument, argument.Name == "file" ? File : Any);

    /// <summary>The words to choose from.</summary>
    internal static IEnumerable<string> Choices(Symbol symbol) =>
        symbol.GetCompletions(CompletionContext.Empty).Select(static item => item.Label);

    private static string FromChoices(Symbol symbol, string fallback) =>
        string.Join(' ', Choices(symbol)) is { Length: > 0 } choices ? choices : fallback;
}
