using System.Collections.Immutable;
using System.CommandLine;
using System.CommandLine.Completions;
using System.Text;

namespace TinyTcp.Cli.Completion;

/// <summary>One row a shell: how its script is made of the model of commands.</summary>
/// <param name="Shell">The shell's name.</param>
/// <param name="For">The script for a program.</param>
internal sealed record ShellScript(string Shell, Func<Command, string> For)
{
    /// <summary>The rows.</summary>
    internal static ImmutableArray<ShellScript> Rows { get; } =
    [new("bash", Bash), new("zsh", Zsh), new("fish", Fish)];

    private static string Bash(Command program)
    {
        var script = new StringBuilder();
        script.Append(
            $$"""
            # Completes {{program.Name}} in bash: source <({{program.Name}} completion bash)
            _{{program.Name}}() {
              local word=${COMP_WORDS[COMP_CWORD]} command= each words
              for each in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
                case $each in {{Alternatives(program)}}) command=$each; break ;; esac
              done
              case $command in

            """
        );
        foreach (var command in program.Subcommands)
        {
            script.Append($"    {command.Name}) words='{string.Join(' ', WordsOf(command))}' ;;\n");
        }

        return script
            .Append(
                $$"""
                    *) words='{{string.Join(' ', WordsOf(program))}}' ;;
                  esac
                  case ${COMP_WORDS[COMP_CWORD-1]} in
                {{Cases(program, "words='", "'")}}
                  esac
                  COMPREPLY=($(compgen -W "$words" -- "$word"))
                }
                complete -o default -F _{{program.Name}} {{program.Name}}

                """
            )
            .ToString();
    }

    private static string Zsh(Command program)
    {
        var script = new StringBuilder();
        script.Append(
            $$"""
            #compdef {{program.Name}}
            # Completes {{program.Name}} in zsh: {{program.Name}} completion zsh >a folder of $fpath/_{{program.Name}}
            _{{program.Name}}() {
              local command each
              for each in ${words[2,CURRENT-1]}; do
                case $each in {{Alternatives(program)}}) command=$each; break ;; esac
              done
              local -a known
              case $command in

            """
        );
        foreach (var command in program.Subcommands)
        {
            script.Append($"    {command.Name}) known=({Described(command, ":")}) ;;\n");
        }

        return script
            .Append(
                $$"""
                    *) known=({{Described(program, ":")}}) ;;
                  esac
                  case ${words[CURRENT-1]} in
                {{Cases(program, "known=(", ")")}}
                  esac
                  _describe {{program.Name}} known || _files
                }
                _{{program.Name}} "$@"

                """
            )
            .ToString();
    }

    private static string Fish(Command program) =>
        string.Concat(
            program
                .Subcommands.Select(command =>
                    $"complete -c {program.Name} -n {WithoutCommand(program)} -a {command.Name} -d {Quoted(command.Description)}\n"
                )
                .Prepend($"# Completes {program.Name} in fish: {program.Name} completion fish | source\n")
                .Concat(program.Subcommands.Prepend(program).SelectMany(command => Fish(program, command)))
        );

    /// <summary>The lines of a command, or of the program without one.</summary>
    private static IEnumerable<string> Fish(Command program, Command command)
    {
        var when =
            command == program ? WithoutCommand(program) : $"'__fish_seen_subcommand_from {command.Name}'";
        var start = $"complete -c {program.Name} -n {when}";
        return HelpText
            .Options(command)
            .Select(option =>
                $"{start} {string.Join(' ', NamesOf(option).Select(FishName))} -d {Quoted(option.Description)}{FishValues(option)}\n"
            )
            .Concat(
                command
                    .Arguments.Where(static one => ValuesOf(one).Length > 0)
                    .Select(argument => $"{start}{FishValues(argument)}\n")
            );
    }

    // Its own word for this takes the value of an option for a command.
    private static string WithoutCommand(Command program) =>
        $"'not __fish_seen_subcommand_from {Names(program, " ")}'";

    private static string FishValues(Symbol symbol) =>
        ValuesOf(symbol) is { Length: > 0 } values ? $" -x -a {Quoted(values)}"
        : symbol is ValueOption ? " -r"
        : "";

    private static string FishName(string name) =>
        name.StartsWith("--", StringComparison.Ordinal) ? $"-l {name[2..]}" : $"-s {name[1..]}";

    private static string Alternatives(Command program) => Names(program, "|");

    private static string Names(Command program, string between) =>
        string.Join(between, program.Subcommands.Select(static one => one.Name));

    /// <summary>The arms of a case about the word before: the values of options that have some to choose from.</summary>
    private static string Cases(Command program, string before, string behind) =>
        string.Join(
            '\n',
            program
                .Subcommands.SelectMany(HelpText.Options)
                .Where(static option => ValuesOf(option).Length > 0)
                .DistinctBy(static option => option.Name, StringComparer.Ordinal)
                .Select(option =>
                    $"    {string.Join('|', NamesOf(option))}) {before}{ValuesOf(option)}{behind} ;;"
                )
        );

    /// <summary>What there is to choose from; nothing where that is anything, or nothing.</summary>
    private static string ValuesOf(Symbol symbol) =>
        symbol is Flag
            ? ""
            : string.Join(
                ' ',
                symbol.GetCompletions(CompletionContext.Empty).Select(static one => one.Label)
            );

    private static IEnumerable<string> WordsOf(Command command) =>
        command
            .Subcommands.Select(static one => one.Name)
            .Concat(command.Arguments.Select(ValuesOf).Where(static values => values.Length > 0))
            .Concat(HelpText.Options(command).SelectMany(NamesOf));

    private static string Described(Command command, string between) =>
        string.Join(
            ' ',
            command
                .Subcommands.Select(static one => (one.Name, one.Description))
                .Concat(
                    command
                        .Arguments.SelectMany(static one =>
                            ValuesOf(one).Split(' ', StringSplitOptions.RemoveEmptyEntries)
                        )
                        .Select(static value => (Name: value, Description: (string?)value))
                )
                .Concat(
                    HelpText
                        .Options(command)
                        .SelectMany(static option =>
                            NamesOf(option).Select(name => (Name: name, option.Description))
                        )
                )
                .Select(row => Quoted($"{row.Name}{between}{row.Description}"))
        );

    private static IEnumerable<string> NamesOf(Option option) => option.Aliases.Prepend(option.Name);

    /// <summary>In single quotes, as all three shells take it.</summary>
    private static string Quoted(string? words) =>
        $"'{(words ?? "").Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
