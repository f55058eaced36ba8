using System.CommandLine;

namespace TinyTcp.Cli.Completion;

/// <summary>Completion in fish.</summary>
internal static class FishScript
{
    /// <summary>The script. Files are offered only where one may come.</summary>
    internal static string For(Command program)
    {
        var start = $"complete -c {program.Name}";
        var values = Completed
            .Values(program)
            .ToDictionary(static one => one.Option.Name, Value, StringComparer.Ordinal);
        return string.Concat(
            Completed
                .All(program)
                .SelectMany(one => Lines(one, values))
                .Prepend("-f")
                .Select(line => $"{start} {line}\n")
                .Prepend($"# Completes {program.Name} in fish: {program.Name} completion fish | source\n")
        );
    }

    private static IEnumerable<string> Lines(Completed one, Dictionary<string, string> values)
    {
        var when = $"-n '{When(one)}'";
        return one
            .Words.Select(word =>
                $"{when} -a {word.Name}"
                + (word.Description is { } description ? $" -d {Completed.Quoted(description)}" : "")
            )
            .Concat(one.TakesFile ? [$"{when} -F"] : [])
            .Concat(
                one.Options.Select(option =>
                    $"{when} {string.Join(' ', Completed.NamesOf(option).Select(Name))} -d {Completed.Quoted(option.Description)}{values.GetValueOrDefault(option.Name)}"
                )
            );
    }

    /// <summary>Where its path was gone, and no way further. Its own word for no command takes an option's value for one.</summary>
    private static string When(Completed one)
    {
        var gone = one.Path.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Seen);
        var below = one.Below.Select(static below => below.Command.Name).ToList();
        return string.Join(
            "; and ",
            below.Count > 0 ? gone.Append($"not {Seen(string.Join(' ', below))}") : gone
        );
    }

    private static string Seen(string names) => $"__fish_seen_subcommand_from {names}";

    private static string Value(ValueTaking one) =>
        one.IsFile ? " -r -F"
        : one.Values.Count == 0 ? " -x"
        : $" -x -a {Completed.Quoted(string.Join(' ', one.Values))}";

    private static string Name(string name) =>
        name.StartsWith("--", StringComparison.Ordinal) ? $"-l {name[2..]}" : $"-s {name[1..]}";
}
