using LanguageExt;
using Microsoft.Extensions.Configuration;

namespace TinyTcp.Shell.Settings;

/// <summary>The file beside the program that may hold settings; absent, it holds none.</summary>
internal static class SettingsFile
{
    /// <summary>Its name.</summary>
    public const string Name = "appsettings.json";

    /// <summary>Reads it.</summary>
    /// <param name="folder">Where it lies, if it is there.</param>
    /// <returns>The text given for a setting, if any; or what is wrong with the file.</returns>
    public static Either<string, Func<Setting, Option<string>>> Read(string folder) =>
        // What reads it is not even loaded where there is none: a tenth of the time to the first reply.
        File.Exists(Path.Combine(folder, Name))
            ? ReadFrom(folder)
            : (Func<Setting, Option<string>>)(static _ => Option<string>.None);

    private static Either<string, Func<Setting, Option<string>>> ReadFrom(string folder)
    {
        try
        {
            return Known(
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

    private static Either<string, Func<Setting, Option<string>>> Known(IConfigurationSection section)
    {
        var known = SettingTable
            .Rows.Select(static setting => setting.ConfigurationKey)
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        var unknown = section
            .AsEnumerable(makePathsRelative: true)
            .Select(static entry => entry.Key)
            .Where(key => !known.Contains(key));
        return unknown
            .HeadOrNone()
            .Match(
                Some: key =>
                    (Either<string, Func<Setting, Option<string>>>)
                        $"{Name}, {Setting.Section}:{key} is no setting. There are {string.Join(", ", known)}.",
                None: () =>
                    (Func<Setting, Option<string>>)(
                        setting => Prelude.Optional(section[setting.ConfigurationKey])
                    )
            );
    }
}
