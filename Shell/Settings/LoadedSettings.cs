using System.Collections.Immutable;
using LanguageExt;

namespace TinyTcp.Shell.Settings;

/// <summary>The settings in force, with their sources, so that they can be loaded again and compared.</summary>
/// <param name="Reader">The texts that were given, and where.</param>
/// <param name="Settings">The checked values.</param>
/// <param name="OpenSources">Opens the same sources again, with their present content.</param>
internal sealed record LoadedSettings(
    SettingsReader Reader,
    ServerSettings Settings,
    Func<SettingsReader> OpenSources
)
{
    private static readonly ServerSettings Defaults = new();

    /// <summary>Loads and checks the settings.</summary>
    /// <param name="openSources">Opens the sources.</param>
    /// <returns>The settings, or a message for each thing that is wrong.</returns>
    public static Either<ImmutableArray<string>, LoadedSettings> Load(Func<SettingsReader> openSources)
    {
        var reader = openSources();
        return reader.Read().Map(settings => new LoadedSettings(reader, settings, openSources));
    }

    /// <summary>Loads the settings again from the same sources.</summary>
    public Either<ImmutableArray<string>, LoadedSettings> Reload() => Load(OpenSources);

    /// <summary>
    /// The names of the settings whose values differ; the key is whether a running server applies a new value.
    /// </summary>
    public ILookup<bool, string> ChangesTo(LoadedSettings later) =>
        Differences(Settings, later.Settings)
            .ToLookup(static setting => setting.IsReloadable, static setting => setting.Name);

    /// <summary>The settings whose values are not the defaults.</summary>
    public IEnumerable<Setting> NotDefault() => Differences(Defaults, Settings);

    private static IEnumerable<Setting> Differences(ServerSettings left, ServerSettings right) =>
        SettingTable.Rows.Where(setting => setting.Format(left) != setting.Format(right));
}
