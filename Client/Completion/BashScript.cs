using System.CommandLine;

namespace TinyTcp.Cli.Completion;

/// <summary>Completion in bash.</summary>
internal static class BashScript
{
    /// <summary>The script. Where it says nothing, bash offers files.</summary>
    internal static string For(Command program) =>
        $$"""
            # Completes {{program.Name}} in bash: source <({{program.Name}} completion bash)
            _{{program.Name}}() {
              local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]} command= each words= options= files=
              # Bash makes three words of --color=always.
              [ "$word" != = ] || word=
              [ "$before" != = ] || before=${COMP_WORDS[COMP_CWORD-2]}
              COMPREPLY=()
              for each in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
                case $command/$each in
            {{Completed.Lines(Completed.Entries(program))}}
                esac
              done
              case $before in
            {{Completed.Lines(Completed.Values(program).Select(Value))}}
              esac
              case $command in
            {{Completed.Lines(Completed.All(program).Select(Offer))}}
              esac
              case $files$word in
                files-* | -*) words=$options ;;
                files*) return ;;
                *) words="$words $options" ;;
              esac
              COMPREPLY=($(compgen -W "$words" -- "$word"))
            }
            complete -o default -F _{{program.Name}} {{program.Name}}

            """;

    private static string Value(ValueTaking one)
    {
        var offer =
            one.IsFile ? ""
            : one.Values.Count == 0 ? "compopt +o default 2>/dev/null; "
            : $"COMPREPLY=($(compgen -W '{string.Join(' ', one.Values)}' -- \"$word\")); ";
        return $"    {string.Join(" | ", Completed.NamesOf(one.Option))}) {offer}return ;;";
    }

    private static string Offer(Completed one)
    {
        var words = string.Join(' ', one.Words.Select(static word => word.Name));
        var options = string.Join(' ', one.Options.SelectMany(Completed.NamesOf));
        return $"    '{one.Path}') words='{words}' options='{options}' files={(one.TakesFile ? "files" : "")} ;;";
    }
}
