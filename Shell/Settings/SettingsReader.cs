using System.Collections.Immutable;
using LanguageExt;

namespace TinyTcp.Shell.Settings;

/// <summary>
/// Puts the settings together. Precedence: command line, then environment, then appsettings.json, then defaults.
/// </summary>
/// <param name="commandLine">The text given for an option, if any.</param>
/// <param name="environment">The text of an environment variable, if any.</param>
/// <param name="file">The text of a key in appsettings.json, if any.</param>
internal sealed class SettingsReader(
    Func<Setting, Option<string>> commandLine,
    Func<Setting, Option<string>> environment,
    Func<Setting, Option<string>> file
)
{
    /// <summary>The settings, or one sentence that says which of them is wrong, and why.</summary>
    public Either<string, ServerSettings> Read() =>
        SettingTable
            .Rows.Aggregate((Either<string, ServerSettings>)new ServerSettings(), Add)
            .Bind(CheckTogether);

    /// <summary>What is given for each setting, wherever; the same text means the same value.</summary>
    public ImmutableDictionary<Setting, string> Texts() =>
        SettingTable
            .Rows.Select(setting => (setting, given: Given(setting).Map(static given => given.Text)))
            .Where(static each => each.given.IsSome)
            .ToImmutableDictionary(static each => each.setting, static each => (string)each.given);

    private Either<string, ServerSettings> Add(Either<string, ServerSettings> soFar, Setting setting) =>
        soFar.Bind(settings =>
            Given(setting)
                .Match(
                    Some: given =>
                        setting.Apply(settings, given.Text).MapLeft(problem => $"{given.Source}: {problem}"),
                    None: () => settings
                )
        );

    private Option<(string Source, string Text)> Given(Setting setting) =>
        commandLine(setting).Map(text => (Source: setting.Option, Text: text))
        || environment(setting).Map(text => (Source: setting.EnvironmentVariable, Text: text))
        || file(setting)
            .Map(text =>
                (Source: $"{SettingsFile.Name}, {Setting.Section}:{setting.ConfigurationKey}", Text: text)
            );

    private static Either<string, ServerSettings> CheckTogether(ServerSettings settings) =>
        settings.Now.IsSome && settings.TimeZone.IsSome
            ? "--now and --time-zone exclude each other: a timestamp brings its own offset. Give one of them."
            : settings;
}
