using System.Collections.Immutable;
using System.CommandLine;
using TinyTcp.Cli.Parsing;

namespace TinyTcp.Cli.Completion;

/// <summary>
/// The completion script of one shell, made from the model of the command line. Each script walks over the words before the
/// cursor to find the command (at), and the values (takes) of an option that the cursor follows. System.CommandLine's own
/// completion is not used: it has no descriptions, matches inside words, and throws on --option=value.
/// </summary>
/// <param name="ShellName">The shell's name.</param>
/// <param name="Render">Renders the script for a program.</param>
internal sealed record ShellScript(string ShellName, Func<Command, string> Render)
{
    /// <summary>The rows.</summary>
    internal static ImmutableArray<ShellScript> Rows { get; } =
    [new("bash", Bash), new("zsh", Zsh), new("fish", Fish)];

    // bash splits words at =, which becomes a word of its own.
    private static string Bash(Command program) =>
        $$"""
            # Completes {{program.Name}} in bash: source <({{program.Name}} completion bash)
            _{{program.Name}}() {
              local word=${COMP_WORDS[COMP_CWORD]} at={{program.Name}} takes= plain= token words= options= IFS=$' \t\n'
              for token in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
                if [ -n "$takes" ]; then
                  [ "$token" = = ] || takes=
                  continue
                fi
                [ "$token" != -- ] || { plain=+; break; }
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

    // The last lines serve both eval and a file in $fpath, which is the body of the function at its first call.
    private static string Zsh(Command program) =>
        $$"""
            #compdef {{program.Name}}
            # Completes {{program.Name}} in zsh: source <({{program.Name}} completion zsh), or save it in a directory of $fpath as _{{program.Name}}
            _{{program.Name}}() {
              local at={{program.Name}} takes= plain= token
              local -a before=("${(@)words[2,CURRENT-1]}") known options
              if [[ $PREFIX == --*=* ]]; then
                before+=("${PREFIX%%=*}")
                compset -P 1 '*='
              fi
              for token in "${before[@]}"; do
                if [[ -n $takes ]]; then
                  takes=
                  continue
                fi
                [[ $token != -- ]] || { plain=+; break; }
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
              for token in $before
                if test $takes = 1
                  set takes 0
                  continue
                end
                switch "$at $token"
                  case {{SingleQuoted(CommandPaths(program))}}
                    set at "$at $token"
                  case {{SingleQuoted(
                CommandNode.OptionsByValue(program).SelectMany(static row => row.Names).Select(static name => $"* {name}")
            )}}
                    set takes 1
                end
              end
              test "$at" = "$argv"
            end
            complete -c {{program.Name}} -f
            {{string.Concat(CommandNode.SelfAndDescendants(program).SelectMany(node => FishLines(program, node)))}}
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

    /// <summary>The statement of bash and zsh that handles one word before the cursor.</summary>
    private static string MatchWords(Command program) =>
        string.Join(
            '\n',
            CommandNode
                .OptionsByValue(program)
                .Select(static row =>
                    $"      {string.Join('|', row.Names.Select(static name => $"*' {name}'"))}) takes='{row.ValueKind}' ;;"
                )
                .Prepend(
                    $"      {string.Join('|', CommandPaths(program).Select(static path => $"'{path}'"))}) at=\"$at $token\" ;;"
                )
                .Prepend("    case \"$at $token\" in")
                .Append("    esac")
        );

    private static IEnumerable<string> CommandPaths(Command program) =>
        CommandNode.SelfAndDescendants(program).Skip(1).Select(static node => node.Path);

    private static string CaseArms(Command program, Func<CommandNode, string> arm) =>
        string.Join(
            '\n',
            CommandNode.SelfAndDescendants(program).Select(node => $"    '{node.Path}') {arm(node)} ;;")
        );

    private static string Names(IEnumerable<(string Name, string Description)> rows) =>
        string.Join(' ', rows.Select(static row => row.Name));

    private static string WithDescriptions(IEnumerable<(string Name, string Description)> rows) =>
        SingleQuoted(rows.Select(static row => $"{row.Name}:{row.Description}"));

    private static string SingleQuoted(IEnumerable<string> text) =>
        string.Join(' ', text.Select(SingleQuoted));

    /// <summary>Quotes a text for all three shells.</summary>
    private static string SingleQuoted(string text) =>
        $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
