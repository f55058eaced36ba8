using System.CommandLine;

namespace TinyTcp.Cli.Parsing;

/// <summary>Turns arguments into those that the parser of the command-line library takes as they are meant.</summary>
internal static class ArgumentNormalizer
{
    /// <summary>The command that sends HELP, and in front of the name of a command prints its page.</summary>
    internal const string HelpCommand = "help";

    /// <summary>
    /// Normalizes arguments. A command may have any letter case, and <c>help COMMAND</c> is <c>COMMAND --help</c>. The parser
    /// drops a first argument equal to the program's name, which may be a host, and takes one in brackets for a directive,
    /// which may be an IPv6 address.
    /// </summary>
    internal static IReadOnlyList<string> Normalize(Command program, IReadOnlyList<string> args)
    {
        var words = NormalizeCommand(program, args);
        return words is [['[', .. var address, ']'], ..] && address.Contains(':', StringComparison.Ordinal)
            ? [program.Name, address, .. words.Skip(1)]
            : [program.Name, .. words];
    }

    private static IReadOnlyList<string> NormalizeCommand(Command program, IReadOnlyList<string> args)
    {
        var index = IndexOfCommand(program, args);
        if (index < 0)
        {
            return args;
        }

        var name = Find(program, args[index])?.Name ?? args[index];
        var rest = args.Skip(index + 1);
        var topic = name == HelpCommand ? rest.FirstOrDefault(static word => !word.StartsWith('-')) : null;
        return topic is not null && Find(program, topic) is { } command
            ? [.. args.Take(index), command.Name, HelpText.OptionName]
            : [.. args.Take(index), name, .. rest];
    }

    /// <summary>The first word that is a command and not the value of an option; negative if there is none.</summary>
    private static int IndexOfCommand(Command program, IReadOnlyList<string> args)
    {
        for (var index = 0; index < args.Count && args[index] != "--"; index++)
        {
            if (Find(program, args[index]) is not null)
            {
                return index;
            }

            index += program.Options.Any(option => TakesNextWord(option, args[index])) ? 1 : 0;
        }

        return -1;
    }

    private static bool TakesNextWord(Option option, string word) =>
        option.Arity.MaximumNumberOfValues > 0
        && HelpText.NamesOf(option).Contains(word, StringComparer.Ordinal);

    private static Command? Find(Command program, string word) =>
        program.Subcommands.FirstOrDefault(command =>
            command.Name.Equals(word, StringComparison.OrdinalIgnoreCase)
        );
}
