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

    // What help calls a file is one.
    private const string FileName = "file";

    /// <summary>By an option.</summary>
    internal static string By(Option option) =>
        option.Arity.MaximumNumberOfValues == 0 ? Nothing : Of(option, option.HelpName ?? "");

    /// <summary>By an argument.</summary>
    internal static string By(Argument argument) => Of(argument, argument.Name);

    /// <summary>The words to choose from, if there are such.</summary>
    internal static IEnumerable<string> Choices(Symbol symbol) =>
        symbol.GetCompletions(CompletionContext.Empty).Select(static one => one.Label);

    private static string Of(Symbol symbol, string name) =>
        string.Join(' ', Choices(symbol)) is { Length: > 0 } choices ? choices
        : name.Equals(FileName, StringComparison.OrdinalIgnoreCase) ? File
        : Anything;
}
