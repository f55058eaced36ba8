using LanguageExt;
using Microsoft.Extensions.Configuration;

namespace TinyTcp.Shell.Settings;

/// <summary>The optional file of settings beside the program.</summary>
internal static class SettingsFile
{
    /// <summary>The file's name.</summary>
    public const string Name = "appsettings.json";

    /// <summary>Reads the file, if it exists.</summary>
    /// <param name="folder">The folder that may contain it.</param>
    /// <returns>The text of each setting, if present; or one sentence that says what is wrong with the file.</returns>
    public static Either<string, Func<Setting, Option<string>>> Read(string folder) =>
        // The check keeps JSON out of memory where there is no file: 1.8 MB and 2 ms of a native start.
        Directory.Exists(Path.Combine(folder, Name))
            ? $"{Name} is a folder. Replace it by a file."
        : File.Exists(Path.Combine(folder, Name)) ? ReadExisting(folder)
        : (Func<Setting, Option<string>>)(static _ => Option<string>.None);

    private static Either<string, Func<Setting, Option<string>>> ReadExisting(string folder)
    {
        try
        {
            return CheckKeys(
                new ConfigurationBuilder()
                    .SetBasePath(folder)
                    .AddJsonFile(Name, optional: false)
                    .Build()
                    .GetSection(Setting.Section)
            );
        }
        catch (InvalidDataException exception)
        {
            return $"{Name}: {exception.InnerException?.Message ?? exception.Message}";
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return $"{Name}: {exception.Message}";
        }
    }

    private static Either<string, Func<Setting, Option<string>>> CheckKeys(IConfigurationSection section)
    {
        var known = SettingTable
            .Rows.Select(static setting => setting.ConfigurationKey)
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        return section
            .AsEnumerable(makePathsRelative: true)
            .Select(static entry => entry.Key)
            .Where(key => !known.Contains(key))
            .HeadOrNone()
            .Match(
                Some: key =>
                    (Either<string, Func<Setting, Option<string>>>)
                        $"{Name}: unknown setting {Setting.Section}:{key}. Known settings: {string.Join(", ", known)}.",
                None: () =>
                    (Func<Setting, Option<string>>)(
                        setting => Prelude.Optional(section[setting.ConfigurationKey])
                    )
            );
    }
}
