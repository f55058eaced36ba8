using System.Collections.Immutable;
using LanguageExt;

namespace TinyTcp.Shell.Settings;

/// <summary>Combines the sources of settings. Precedence: command line, environment, file, defaults.</summary>
/// <param name="commandLine">The text of an option, if given.</param>
/// <param name="environment">The text of an environment variable, if set.</param>
/// <param name="file">The settings file.</param>
internal sealed class SettingsReader(
    Func<Setting, Option<string>> commandLine,
    Func<Setting, Option<string>> environment,
    SettingsFile file
)
{
    /// <summary>The path of the file that was read, if any.</summary>
    public Option<string> FilePath => file.Path;

    /// <summary>Reads all settings.</summary>
    /// <returns>The settings; or what is wrong with the file and with each invalid setting, a message each.</returns>
    public Either<ImmutableArray<string>, ServerSettings> Read()
    {
        var settings = new ServerSettings();
        var problems = file.Problems.ToBuilder();
        foreach (var setting in SettingTable.Rows)
        {
            Apply(setting, settings).Match(Right: applied => settings = applied, Left: problems.Add);
        }

        FindConflict(settings).IfSome(problems.Add);
        return problems.Count == 0 ? settings : problems.ToImmutable();
    }

    /// <summary>The text given for a setting by the source that takes precedence; none if it has its default.</summary>
    public Option<GivenText> Find(Setting setting) =>
        commandLine(setting).Map(text => new GivenText(setting.Option, text))
        || environment(setting).Map(text => new GivenText(setting.EnvironmentVariable, text))
        || file.Find(setting);

    private Either<string, ServerSettings> Apply(Setting setting, ServerSettings settings) =>
        Find(setting)
            .Match(
                Some: given =>
                    Apply(setting, settings, given.Text).MapLeft(problem => $"{given.Source}: {problem}"),
                None: () => settings
            );

    // .NET reads numbers with a NUL behind them.
    private static Either<string, ServerSettings> Apply(
        Setting setting,
        ServerSettings settings,
        string text
    ) => text.Contains('\0') ? $"'{text}' has a NUL in it. Remove it." : setting.Apply(settings, text);

    private static Option<string> FindConflict(ServerSettings settings) =>
        settings.Now.IsSome && settings.TimeZone.IsSome
            ? "--now and --time-zone exclude each other: a timestamp has its own offset. Give only one of them."
            : Option<string>.None;
}
