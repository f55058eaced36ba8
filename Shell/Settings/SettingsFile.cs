using System.Text.Json;
using LanguageExt;

namespace TinyTcp.Shell.Settings;

/// <summary>The optional file of settings beside the program.</summary>
internal static class SettingsFile
{
    /// <summary>The file's name.</summary>
    public const string Name = "appsettings.json";

    private const long MaxLength = 64 * 1024 * 1024;

    private static readonly JsonDocumentOptions Json = new()
    {
        AllowTrailingCommas = true,
        CommentHandling = JsonCommentHandling.Skip,
    };

    /// <summary>Reads the file, if it exists.</summary>
    /// <param name="folder">The folder that may contain it.</param>
    /// <returns>The text of each setting, if present; or one sentence that says what is wrong with the file.</returns>
    public static Either<string, Func<Setting, Option<string>>> Read(string folder) =>
        // The check keeps JSON out of memory where there is no file: 1.8 MB and 2 ms of a native start.
        FileKinds.Of(Path.Combine(folder, Name)) switch
        {
            FileKind.Missing => (Func<Setting, Option<string>>)(static _ => Option<string>.None),
            FileKind.Regular => ReadExisting(Path.Combine(folder, Name))
                .MapLeft(static problem => $"{Name}: {problem}"),
            FileKind.Other => $"{Name} is not a regular file. Replace it by one.",
        };

    private static Either<string, Func<Setting, Option<string>>> ReadExisting(string path)
    {
        try
        {
            if (new FileInfo(path).Length > MaxLength)
            {
                return $"The file is larger than {MaxLength / 1024 / 1024} MiB.";
            }

            using var document = JsonDocument.Parse(File.ReadAllText(path), Json);
            return SettingsSection.Read(document.RootElement);
        }
        catch (Exception exception)
            when (exception
                    is JsonException
                        or IOException
                        or UnauthorizedAccessException
                        or InvalidOperationException // Half a surrogate pair in a text.
            )
        {
            return exception.Message;
        }
    }
}
