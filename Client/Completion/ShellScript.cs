using System.Collections.Immutable;
using System.CommandLine;
using TinyTcp.Cli.Parsing;

namespace TinyTcp.Cli.Completion;

/// <summary>
/// One row a shell: how its script is made of the model of commands. All of them walk over the words before the cursor, to
/// find where they are (at) and whether an option waits for its value (takes).
/// </summary>
/// <param name="ShellName">The shell's name.</param>
/// <param name="Render">The script for a program.</param>
internal sealed record ShellScript(string ShellName, Func<Command, string> Render)
{
    /// <summary>The rows.</summary>
    internal static ImmutableArray<ShellScript> Rows { get; } =
    [new("bash", Bash), new("zsh", Zsh), new("fish", Fish)];

    // bash takes words apart at each =, and hands that over as a word of its own.
    private static string Bash(Command program) =>
        $$"""
            # Completes {{program.Name}} in bash: source <({{program.Name}} completion bash)
            _{{program.Name}}() {
              local word=${COMP_WORDS[COMP_CWORD]} at={{program.Name}} takes= plain= each words= options= IFS=$' \t\n'
              for each in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
                if [ -n "$takes" ]; then
                  [ "$each" = = ] || takes=
                  continue
                fi
                [ "$each" != -- ] || { plain=+; break; }
            {{MatchWords(program)}}
              done
              case $at in
            {{CaseArms(program, BashArm)}}
              esac
              case $takes,$plain$word in
                ,-*) words=$options ;;
                ,*) ;;
                *) words=$takes word=${word#=} ;;
              esac
              COMPREPLY=()
              case $words in
                {{ValueKind.Any}}) ;;
                {{ValueKind.File}}) compopt -o default 2>/dev/null || { IFS=$'\n'; COMPREPLY=($(compgen -f -- "$word")); } ;;
                *) COMPREPLY=($(compgen -W "$words" -- "$word")) ;;
              esac
            }
            complete -F _{{program.Name}} {{program.Name}}

            """;

    private static string BashArm(CommandNode node) =>
        $"options='{Names(node.OptionNames)}' words=\"{(node.AcceptsFile ? ValueKind.File : Names(node.Candidates))}{(node.SuggestsOptions ? " $options" : "")}\"";

    // The last lines are for both ways: as a file of $fpath it is the function's body when that is first called.
    private static string Zsh(Command program) =>
        $$"""
            #compdef {{program.Name}}
            # Completes {{program.Name}} in zsh: source <({{program.Name}} completion zsh), or keep it in a folder of $fpath as _{{program.Name}}
            _{{program.Name}}() {
              local at={{program.Name}} takes= plain= each
              local -a before=("${(@)words[2,CURRENT-1]}") known options
              if [[ $PREFIX == --*=* ]]; then
                before+=("${PREFIX%%=*}")
                compset -P 1 '*='
              fi
              for each in "${before[@]}"; do
                if [[ -n $takes ]]; then
                  takes=
                  continue
                fi
                [[ $each != -- ]] || { plain=+; break; }
            {{MatchWords(program)}}
              done
              case $at in
            {{CaseArms(program, ZshArm)}}
              esac
              case $takes,$plain$PREFIX in
                ,-*) _describe option options; return ;;
                ,*) takes="${(M)known:#{{ValueKind.File}}}" ;;
              esac
              case $takes in
                '') _describe {{program.Name}} known ;;
                {{ValueKind.Any}}) return 1 ;;
                {{ValueKind.File}}) _files ;;
                *) compadd -- ${=takes} ;;
              esac
            }
            if [ "$funcstack[1]" = "_{{program.Name}}" ]; then
              _{{program.Name}} "$@"
            else
              compdef _{{program.Name}} {{program.Name}}
            fi

            """;

    private static string ZshArm(CommandNode node) =>
        $"options=({WithDescriptions(node.OptionNames)}) known=({(node.AcceptsFile ? ValueKind.File : WithDescriptions(node.Candidates))}{(node.SuggestsOptions ? " $options" : "")})";

    private static string Fish(Command program) =>
        $$"""
            # Completes {{program.Name}} in fish: {{program.Name}} completion fish | source
            function __{{program.Name}}_at
              set -l at {{program.Name}}
              set -l takes 0
              set -l before (commandline -opc)
              set -e before[1]
              for each in $before
                if test $takes = 1
                  set takes 0
                  continue
                end
                switch "$at $each"
                  case {{SingleQuoted(CommandPaths(program))}}
                    set at "$at $each"
                  case {{SingleQuoted(
                CommandNode.OptionsByValue(program).SelectMany(static row => row.Names).Select(static name => $"* {name}")
            )}}
                    set takes 1
                end
              end
              test "$at" = "$argv"
            end
            complete -c {{program.Name}} -f
            {{string.Concat(CommandNode.SelfAndDescendants(program).SelectMany(place => FishLines(program, place)))}}
            """;

    private static IEnumerable<string> FishLines(Command program, CommandNode node)
    {
        var start = $"complete -c {program.Name} -n '__{program.Name}_at {node.Path}'";
        return node
            .Candidates.Select(row => $"{start} -a {row.Name} -d {SingleQuoted(row.Description)}\n")
            .Concat(node.AcceptsFile ? [$"{start} -F\n"] : [])
            .Concat(
                node.Options.Select(option =>
                    $"{start} {string.Join(' ', HelpText.NamesOf(option).Select(FishName))} -d {SingleQuoted(option.Description ?? "")}{FishValue(ValueKind.For(option))}\n"
                )
            );
    }

    private static string FishValue(string valueKind) =>
        valueKind switch
        {
            ValueKind.None => "",
            ValueKind.Any => " -x",
            _ => $" -x -a {SingleQuoted(valueKind)}",
        };

    private static string FishName(string name) =>
        name.StartsWith("--", StringComparison.Ordinal) ? $"-l {name[2..]}" : $"-s {name[1..]}";

    /// <summary>One step over a word, as bash and zsh both take it.</summary>
    private static string MatchWords(Command program) =>
        string.Join(
            '\n',
            CommandNode
                .OptionsByValue(program)
                .Select(static row =>
                    $"      {string.Join('|', row.Names.Select(static name => $"*' {name}'"))}) takes='{row.Takes}' ;;"
                )
                .Prepend(
                    $"      {string.Join('|', CommandPaths(program).Select(static way => $"'{way}'"))}) at=\"$at $each\" ;;"
                )
                .Prepend("    case \"$at $each\" in")
                .Append("    esac")
        );

    private static IEnumerable<string> CommandPaths(Command program) =>
        CommandNode.SelfAndDescendants(program).Skip(1).Select(static place => place.Path);

    private static string CaseArms(Command program, Func<CommandNode, string> arm) =>
        string.Join(
            '\n',
            CommandNode.SelfAndDescendants(program).Select(place => $"    '{place.Path}') {arm(place)} ;;")
        );

    private static string Names(IEnumerable<(string Name, string Description)> rows) =>
        string.Join(' ', rows.Select(static row => row.Name));

    private static string WithDescriptions(IEnumerable<(string Name, string Description)> rows) =>
        SingleQuoted(rows.Select(static row => $"{row.Name}:{row.Description}"));

    private static string SingleQuoted(IEnumerable<string> text) =>
        string.Join(' ', text.Select(SingleQuoted));

    /// <summary>In single quotes, as all three shells take it.</summary>
    private static string SingleQuoted(string text) =>
        $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
