using System.Collections.Immutable;
using System.CommandLine;
using System.CommandLine.Completions;
using TinyTcp.Shell.Settings;

namespace TinyTcp.Shell;

/// <summary>
/// The completion script of one shell: options, and their values where these are names or files. It does not call the program.
/// </summary>
/// <param name="ShellName">The shell's name.</param>
/// <param name="Render">The script for a command's options.</param>
internal sealed record CompletionScript(string ShellName, Func<IReadOnlyList<Option>, string> Render)
{
    /// <summary>The scripts.</summary>
    public static ImmutableArray<CompletionScript> Rows { get; } =
    [new("bash", Bash), new("zsh", Zsh), new("fish", Fish)];

    /// <summary>The script of a shell.</summary>
    public static LanguageExt.Option<CompletionScript> Find(string shellName) =>
        LanguageExt.Prelude.Optional(Rows.FirstOrDefault(row => row.ShellName == shellName));

    private static string Bash(IReadOnlyList<Option> options) =>
        $$"""
            # Completes tinytcpd in bash: eval "$(tinytcpd completion bash)"
            _tinytcpd() {
              COMPREPLY=()
              case "$3" in
            {{string.Concat(
                options.Where(TakesValue).Select(BashCase)
            )}}    *) COMPREPLY=($(compgen -W '{{string.Join(' ', options.SelectMany(NamesOf))}}' -- "$2")) ;;
              esac
            }
            complete -F _tinytcpd tinytcpd

            """;

    private static string BashCase(Option option)
    {
        var action =
            IsFile(option) ? "compopt -o default"
            : ChoicesOf(option) is { Length: > 0 } choices
                ? $"COMPREPLY=($(compgen -W '{choices}' -- \"$2\"))"
            : ":";
        return $"    {string.Join('|', NamesOf(option))}) {action} ;;\n";
    }

    // The last lines serve both eval and a file in $fpath, which is the body of the function at its first call.
    private static string Zsh(IReadOnlyList<Option> options) =>
        $$"""
            #compdef tinytcpd
            # Completes tinytcpd in zsh: eval "$(tinytcpd completion zsh)", or save it in a directory of $fpath as _tinytcpd
            _tinytcpd() {
              _arguments {{string.Concat(options.SelectMany(ZshArguments))}}
            }
            if [ "$funcstack[1]" = _tinytcpd ]; then
              _tinytcpd "$@"
            else
              compdef _tinytcpd tinytcpd
            fi

            """;

    private static IEnumerable<string> ZshArguments(Option option)
    {
        var description = SummaryOf(option).Replace("]", "\\]").Replace(":", "\\:");
        var value =
            !TakesValue(option) ? ""
            : IsFile(option) ? $":{option.HelpName}:_files"
            : $":{option.HelpName}:({ChoicesOf(option)})";
        return NamesOf(option)
            .Select(name =>
                $"\\\n    {Quote($"{name}{(value.Length > 0 && name.Length > 2 ? "=" : "")}[{description}]{value}")}"
            );
    }

    private static string Fish(IReadOnlyList<Option> options) =>
        $"""
            # Completes tinytcpd in fish: tinytcpd completion fish | source
            complete -c tinytcpd -f
            {string.Concat(options.Select(FishComplete))}
            """;

    private static string FishComplete(Option option)
    {
        var names = string.Concat(
            NamesOf(option).Select(static name => name.Length > 2 ? $" -l {name[2..]}" : $" -s '{name[1..]}'")
        );
        var value =
            !TakesValue(option) ? ""
            : IsFile(option) ? " -r -F"
            : $" -x -a '{ChoicesOf(option)}'";
        return $"complete -c tinytcpd{names}{value} -d {Quote(SummaryOf(option))}\n";
    }

    private static IEnumerable<string> NamesOf(Option option) => option.Aliases.Prepend(option.Name);

    private static bool TakesValue(Option option) => option.ValueType == typeof(string);

    private static bool IsFile(Option option) => option.HelpName == Setting.FileValueName;

    private static string ChoicesOf(Option option) =>
        string.Join(' ', option.GetCompletions(CompletionContext.Empty).Select(static item => item.Label));

    /// <summary>The first sentence of the description.</summary>
    private static string SummaryOf(Option option) => (option.Description ?? "").Split(". ")[0].TrimEnd('.');

    private static string Quote(string text) => $"'{text.Replace("'", "'\\''")}'";
}
