using System.CommandLine;

namespace TinyTcp.Cli.Completion;

/// <summary>Completion in zsh.</summary>
internal static class ZshScript
{
    /// <summary>The script, to be sourced, or to be a file of its own.</summary>
    internal static string For(Command program) =>
        $$"""
            #compdef {{program.Name}}
            # Completes {{program.Name}} in zsh: source <({{program.Name}} completion zsh), behind compinit;
            # or {{program.Name}} completion zsh >a folder of $fpath/_{{program.Name}}
            _{{program.Name}}() {
              local command each
              for each in ${words[2,CURRENT-1]}; do
                case $command/$each in
            {{Completed.Lines(Completed.Entries(program))}}
                esac
              done
              local -a known
              case ${words[CURRENT-1]} in
            {{Completed.Lines(Completed.Values(program).Select(one => Value(program, one)))}}
              esac
              case $command in
            {{Completed.Lines(Completed.All(program).Select(Offer))}}
              esac
              _describe {{program.Name}} known
            }
            if [ "$funcstack[1]" = _{{program.Name}} ]; then
              _{{program.Name}} "$@"
            else
              compdef _{{program.Name}} {{program.Name}}
            fi

            """;

    private static string Value(Command program, ValueTaking one)
    {
        var offer =
            one.IsFile ? "_files"
            : one.Values.Count == 0 ? $"_message {one.Option.HelpName}"
            : $"known=({string.Join(' ', one.Values)}); _describe {program.Name} known";
        return $"    {string.Join('|', Completed.NamesOf(one.Option))}) {offer}; return ;;";
    }

    private static string Offer(Completed one)
    {
        var words = one.Words.Concat(
            one.Options.SelectMany(static option =>
                Completed.NamesOf(option).Select(name => (Name: name, option.Description))
            )
        );
        var known = string.Join(
            ' ',
            words.Select(static word => Completed.Quoted($"{word.Name}:{word.Description}"))
        );
        var files = one.TakesFile ? "[[ $PREFIX == -* ]] || { _files; return }; " : "";
        return $"    '{one.Path}') {files}known=({known}) ;;";
    }
}
