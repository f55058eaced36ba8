using LanguageExt;

namespace TinyTcp.Shell.Settings;

/// <summary>The settings in force, with their sources, so that they can be loaded again and compared.</summary>
/// <param name="Reader">The texts that were given, and where.</param>
/// <param name="Settings">The checked values.</param>
/// <param name="OpenSources">Opens the same sources again, with their present content.</param>
internal sealed record LoadedSettings(
    SettingsReader Reader,
    ServerSettings Settings,
    Func<Either<string, SettingsReader>> OpenSources
)
{
    /// <summary>Loads and checks the settings.</summary>
    /// <param name="openSources">Opens the sources; an error is one sentence.</param>
    /// <returns>The settings, or one sentence that names the wrong setting and the reason.</returns>
    public static Either<string, LoadedSettings> Load(Func<Either<string, SettingsReader>> openSources) =>
        openSources()
            .Bind(reader => reader.Read().Map(settings => new LoadedSettings(reader, settings, openSources)));

    /// <summary>Loads the settings again from the same sources.</summary>
    public Either<string, LoadedSettings> Reload() => Load(OpenSources);

    /// <summary>
    /// The names of the settings whose texts differ; the key is whether a running server applies a new value.
    /// </summary>
    public ILookup<bool, string> ChangesTo(LoadedSettings later)
    {
        var (before, after) = (Reader.Texts(), later.Reader.Texts());
        return SettingTable
            .Rows.Where(setting => after.GetValueOrDefault(setting) != before.GetValueOrDefault(setting))
            .ToLookup(static setting => setting.IsReloadable, static setting => setting.Name);
    }
}
