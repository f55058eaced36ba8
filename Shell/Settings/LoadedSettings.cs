using LanguageExt;

namespace TinyTcp.Shell.Settings;

/// <summary>What the program was told when it started, and how it can be asked again.</summary>
/// <param name="Reader">What each setting was told by.</param>
/// <param name="Settings">What came of it.</param>
/// <param name="Source">Reads the same places as they are by then.</param>
internal sealed record LoadedSettings(
    SettingsReader Reader,
    ServerSettings Settings,
    Func<Either<string, SettingsReader>> Source
)
{
    /// <summary>Reads the settings; or one sentence that says which of them is wrong, and why.</summary>
    public static Either<string, LoadedSettings> Load(Func<Either<string, SettingsReader>> read) =>
        read().Bind(reader => reader.Read().Map(settings => new LoadedSettings(reader, settings, read)));

    /// <summary>The names of the settings that were told something else later, by whether a server that runs takes them.</summary>
    public ILookup<bool, string> ChangesTo(LoadedSettings other)
    {
        var (before, after) = (Reader.Texts(), other.Reader.Texts());
        return SettingTable
            .Rows.Where(setting => after.GetValueOrDefault(setting) != before.GetValueOrDefault(setting))
            .ToLookup(static setting => setting.Reloads, static setting => setting.Name);
    }

    /// <summary>Reads the same again.</summary>
    public Either<string, LoadedSettings> Reload() => Load(Source);
}
