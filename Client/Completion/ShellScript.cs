using System.Collections.Immutable;
using TinyTcp.Cli.IO;

namespace TinyTcp.Cli.Completion;

/// <summary>
/// The completion script of one shell. It passes the words up to the cursor to <c>complete</c>, which prints a word, a tab
/// and a description per line, or <see cref="Completer.Files"/>.
/// </summary>
/// <param name="ShellName">The shell's name.</param>
/// <param name="Text">The script.</param>
internal sealed record ShellScript(string ShellName, string Text)
{
    private const string Name = CliEnvironment.ProgramName;

    private const string Bash = $$"""
        # Completes {{Name}} in bash: source <({{Name}} completion bash)
        _{{Name}}() {
          local word description
          COMPREPLY=()
          while IFS=$'\t' read -r word description; do
            COMPREPLY+=("$word")
          done < <({{Name}} complete -- "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
          if [ "${COMPREPLY[*]}" = {{Completer.Files}} ]; then
            COMPREPLY=()
            compopt -o default 2>/dev/null || { local IFS=$'\n'; COMPREPLY=($(compgen -f -- "${COMP_WORDS[COMP_CWORD]}")); }
          fi
        }
        complete -F _{{Name}} {{Name}}

        """;

    // The last lines serve both eval and a file in $fpath, which is the body of the function at its first call.
    private const string Zsh = $$"""
        #compdef {{Name}}
        # Completes {{Name}} in zsh: source <({{Name}} completion zsh), or save it in a directory of $fpath as _{{Name}}
        _{{Name}}() {
          local -a candidates=("${(@f)$({{Name}} complete -- "${(@)words[2,CURRENT-1]}" "$PREFIX" 2>/dev/null)}")
          candidates=("${(@)candidates%$'\t'}")
          candidates=("${(@)candidates//\\/\\\\}")
          candidates=("${(@)candidates//:/\\:}")
          candidates=("${(@)candidates/$'\t'/:}")
          case "$candidates" in
            '') return 1 ;;
            {{Completer.Files}}) _files ;;
            *) _describe {{Name}} candidates ;;
          esac
        }
        if [ "$funcstack[1]" = "_{{Name}}" ]; then
          _{{Name}} "$@"
        else
          compdef _{{Name}} {{Name}}
        fi

        """;

    private const string Fish = $$"""
        # Completes {{Name}} in fish: {{Name}} completion fish | source
        function __{{Name}}_complete
          set -l before (commandline -opc)
          set -l current (commandline -ct)
          set -l candidates ({{Name}} complete -- $before[2..] "$current" 2>/dev/null)
          if test "$candidates" = {{Completer.Files}}\t
            __fish_complete_path "$current"
          else
            printf '%s\n' $candidates
          end
        end
        complete -c {{Name}} -f -a '(__{{Name}}_complete)'

        """;

    /// <summary>The scripts.</summary>
    internal static ImmutableArray<ShellScript> Rows { get; } =
    [new("bash", Bash), new("zsh", Zsh), new("fish", Fish)];
}
