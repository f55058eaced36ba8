using System.Collections.Immutable;
using System.CommandLine;

namespace TinyTcp.Cli.Completion;

/// <summary>
/// One row a shell: how its script is made of the model of commands. All of them walk over the words before the cursor, to
/// find where they are (at) and whether an option waits for its value (takes).
/// </summary>
/// <param name="Shell">The shell's name.</param>
/// <param name="For">The script for a program.</param>
internal sealed record ShellScript(string Shell, Func<Command, string> For)
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
            {{Walk(program)}}
              done
              case $at in
            {{Arms(program, BashArm)}}
              esac
              case $takes,$plain$word in
                ,-*) words=$options ;;
                ,*) ;;
                *) words=$takes word=${word#=} ;;
              esac
              COMPREPLY=()
              case $words in
                {{Taken.Anything}}) ;;
                {{Taken.File}}) compopt -o default 2>/dev/null || { IFS=$'\n'; COMPREPLY=($(compgen -f -- "$word")); } ;;
                *) COMPREPLY=($(compgen -W "$words" -- "$word")) ;;
              esac
            }
            complete -F _{{program.Name}} {{program.Name}}

            """;

    private static string BashArm(Place place) =>
        $"options='{Names(place.OptionNames)}' words=\"{(place.TakesFile ? Taken.File : Names(place.Words))}{(place.OffersOptions ? " $options" : "")}\"";

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
            {{Walk(program)}}
              done
              case $at in
            {{Arms(program, ZshArm)}}
              esac
              case $takes,$plain$PREFIX in
                ,-*) _describe option options; return ;;
                ,*) takes="${(M)known:#{{Taken.File}}}" ;;
              esac
              case $takes in
                '') _describe {{program.Name}} known ;;
                {{Taken.Anything}}) return 1 ;;
                {{Taken.File}}) _files ;;
                *) compadd -- ${=takes} ;;
              esac
            }
            if [ "$funcstack[1]" = "_{{program.Name}}" ]; then
              _{{program.Name}} "$@"
            else
              compdef _{{program.Name}} {{program.Name}}
            fi

            """;

    private static string ZshArm(Place place) =>
        $"options=({Described(place.OptionNames)}) known=({(place.TakesFile ? Taken.File : Described(place.Words))}{(place.OffersOptions ? " $options" : "")})";

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
                  case {{Quoted(Ways(program))}}
                    set at "$at $each"
                  case {{Quoted(
                Place.Valued(program).SelectMany(static row => row.Names).Select(static name => $"* {name}")
            )}}
                    set takes 1
                end
              end
              test "$at" = "$argv"
            end
            complete -c {{program.Name}} -f
            {{string.Concat(Place.AllOf(program).SelectMany(place => FishLines(program, place)))}}
            """;

    private static IEnumerable<string> FishLines(Command program, Place place)
    {
        var start = $"complete -c {program.Name} -n '__{program.Name}_at {place.Path}'";
        return place
            .Words.Select(row => $"{start} -a {row.Name} -d {Quoted(row.Description)}\n")
            .Concat(place.TakesFile ? [$"{start} -F\n"] : [])
            .Concat(
                place.Options.Select(option =>
                    $"{start} {string.Join(' ', HelpText.NamesOf(option).Select(FishName))} -d {Quoted(option.Description ?? "")}{FishValue(Taken.By(option))}\n"
                )
            );
    }

    private static string FishValue(string takes) =>
        takes switch
        {
            Taken.Nothing => "",
            Taken.Anything => " -x",
            _ => $" -x -a {Quoted(takes)}",
        };

    private static string FishName(string name) =>
        name.StartsWith("--", StringComparison.Ordinal) ? $"-l {name[2..]}" : $"-s {name[1..]}";

    /// <summary>One step over a word, as bash and zsh both take it.</summary>
    private static string Walk(Command program) =>
        string.Join(
            '\n',
            Place
                .Valued(program)
                .Select(static row =>
                    $"      {string.Join('|', row.Names.Select(static name => $"*' {name}'"))}) takes='{row.Takes}' ;;"
                )
                .Prepend(
                    $"      {string.Join('|', Ways(program).Select(static way => $"'{way}'"))}) at=\"$at $each\" ;;"
                )
                .Prepend("    case \"$at $each\" in")
                .Append("    esac")
        );

    private static IEnumerable<string> Ways(Command program) =>
        Place.AllOf(program).Skip(1).Select(static place => place.Path);

    private static string Arms(Command program, Func<Place, string> arm) =>
        string.Join('\n', Place.AllOf(program).Select(place => $"    '{place.Path}') {arm(place)} ;;"));

    private static string Names(IEnumerable<(string Name, string Description)> rows) =>
        string.Join(' ', rows.Select(static row => row.Name));

    private static string Described(IEnumerable<(string Name, string Description)> rows) =>
        Quoted(rows.Select(static row => $"{row.Name}:{row.Description}"));

    private static string Quoted(IEnumerable<string> words) => string.Join(' ', words.Select(Quoted));

    /// <summary>In single quotes, as all three shells take it.</summary>
    private static string Quoted(string words) =>
        $"'{words.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
