using System.Collections.Immutable;
using System.CommandLine;
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
                case $each in {{string.Join(
                '|',
                program.Subcommands.Select(static one => one.Name)
            )}}) command=$each; break ;; esac
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
                case $each in {{string.Join(
                '|',
                program.Subcommands.Select(static one => one.Name)
            )}}) command=$each; break ;; esac
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
                  _describe {{program.Name}} known || _files
                }
                _{{program.Name}} "$@"

                """
            )
            .ToString();
    }

    private static string Fish(Command program)
    {
        var script = new StringBuilder();
        script.Append($"# Completes {program.Name} in fish: {program.Name} completion fish | source\n");
        foreach (var command in program.Subcommands)
        {
            script.Append(
                $"complete -c {program.Name} -n __fish_use_subcommand -a {command.Name} -d {Quoted(command.Description)}\n"
            );
        }

        foreach (var command in program.Subcommands.Prepend(program))
        {
            var condition =
                command == program
                    ? "__fish_use_subcommand"
                    : $"'__fish_seen_subcommand_from {command.Name}'";
            foreach (var option in HelpText.Options(command))
            {
                script.Append(
                    $"complete -c {program.Name} -n {condition} {string.Join(' ', NamesOf(option).Select(FishName))} "
                        + $"-d {Quoted(option.Description)}\n"
                );
            }
        }

        return script.ToString();
    }

    private static string FishName(string name) =>
        name.StartsWith("--", StringComparison.Ordinal) ? $"-l {name[2..]}" : $"-s {name[1..]}";

    private static IEnumerable<string> WordsOf(Command command) =>
        command
            .Subcommands.Select(static one => one.Name)
            .Concat(HelpText.Options(command).SelectMany(NamesOf));

    private static string Described(Command command, string between) =>
        string.Join(
            ' ',
            command
                .Subcommands.Select(static one => (one.Name, one.Description))
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
