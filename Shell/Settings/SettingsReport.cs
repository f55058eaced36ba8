using System.Text;
using TinyTcp.Core.Wire;

namespace TinyTcp.Shell.Settings;

/// <summary>The settings in force as text, with the source of each.</summary>
internal static class SettingsReport
{
    /// <summary>The settings file, or that there is none.</summary>
    public static string FileOf(LoadedSettings loaded) => loaded.Reader.FilePath.IfNone("none");

    /// <summary>The file, and a line per setting: name, value and source.</summary>
    public static string Render(LoadedSettings loaded)
    {
        var rows = SettingTable
            .Rows.Select(setting =>
                (setting.Name, Value: setting.Format(loaded.Settings), Source: SourceOf(loaded, setting))
            )
            .ToList();
        var nameWidth = rows.Max(static row => row.Name.Length);
        var valueWidth = rows.Max(static row => row.Value.Length);
        return string.Concat(
            rows.Select(row =>
                    $"{row.Name.PadRight(nameWidth)}  {row.Value.PadRight(valueWidth)}  {row.Source}"
                )
                .Prepend($"Settings file: {FileOf(loaded)}")
                .Select(static line => $"{Escape.ToPrintable(Encoding.UTF8.GetBytes(line))}\n")
        );
    }

    /// <summary>The settings that are not the default, in one line.</summary>
    public static string RenderChanged(LoadedSettings loaded) =>
        string.Join(
            ", ",
            loaded
                .NotDefault()
                .Select(setting =>
                    $"{setting.Name} {setting.Format(loaded.Settings)} ({SourceOf(loaded, setting)})"
                )
                .DefaultIfEmpty("none")
        );

    private static string SourceOf(LoadedSettings loaded, Setting setting) =>
        loaded.Reader.Find(setting).Map(static given => given.Source).IfNone("default");
}
