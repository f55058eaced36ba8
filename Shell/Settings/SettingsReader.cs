using System.Collections.Immutable;
using LanguageExt;

namespace TinyTcp.Shell.Settings;

/// <summary>
/// Combines the sources of settings. Precedence: command line, environment, appsettings.json, defaults.
/// </summary>
/// <param name="commandLine">The text of an option, if given.</param>
/// <param name="environment">The text of an environment variable, if set.</param>
/// <param name="file">The text of a key in appsettings.json, if present.</param>
internal sealed class SettingsReader(
    Func<Setting, Option<string>> commandLine,
    Func<Setting, Option<string>> environment,
    Func<Setting, Option<string>> file
)
{
    /// <summary>Reads all settings.</summary>
    /// <returns>The settings, or one sentence that names the first invalid setting and the reason.</returns>
    public Either<string, ServerSettings> Read() =>
        SettingTable
            .Rows.Aggregate((Either<string, ServerSettings>)new ServerSettings(), Add)
            .Bind(CheckTogether);

    /// <summary>The text given for each setting, from any source. Equal texts mean equal values.</summary>
    public ImmutableDictionary<Setting, string> Texts() =>
        SettingTable
            .Rows.Select(setting => (setting, text: Find(setting).Map(static found => found.Text)))
            .Where(static each => each.text.IsSome)
            .ToImmutableDictionary(static each => each.setting, static each => each.text.IfNone(""));

    private Either<string, ServerSettings> Add(Either<string, ServerSettings> soFar, Setting setting) =>
        soFar.Bind(settings =>
            Find(setting)
                .Match(
                    Some: found =>
                        Apply(setting, settings, found.Text).MapLeft(problem => $"{found.Source}: {problem}"),
                    None: () => settings
                )
        );

    // .NET reads numbers with a NUL behind them.
    private static Either<string, ServerSettings> Apply(
        Setting setting,
        ServerSettings settings,
        string text
    ) => text.Contains('\0') ? $"'{text}' has a NUL in it. Remove it." : setting.Apply(settings, text);

    private Option<(string Source, string Text)> Find(Setting setting) =>
        commandLine(setting).Map(text => (Source: setting.Option, Text: text))
        || environment(setting).Map(text => (Source: setting.EnvironmentVariable, Text: text))
        || file(setting)
            .Map(text =>
                (Source: $"{SettingsFile.Name}, {Setting.Section}:{setting.ConfigurationKey}", Text: text)
            );

    private static Either<string, ServerSettings> CheckTogether(ServerSettings settings) =>
        settings.Now.IsSome && settings.TimeZone.IsSome
            ? "--now and --time-zone exclude each other: a timestamp has its own offset. Give only one of them."
            : settings;
}
