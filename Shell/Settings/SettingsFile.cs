using System.Collections.Immutable;
using System.Text;
using LanguageExt;

namespace TinyTcp.Shell.Settings;

/// <summary>A file of settings, as far as it could be read.</summary>
/// <param name="Path">Its full path; none if there is no file.</param>
/// <param name="Texts">The texts that it gives.</param>
/// <param name="Problems">What is wrong with it, in the order of its lines.</param>
internal sealed record SettingsFile(
    Option<string> Path,
    ImmutableDictionary<Setting, GivenText> Texts,
    ImmutableArray<string> Problems
)
{
    /// <summary>The file that is read where the command line names none.</summary>
    public const string SystemPath = "/etc/tinytcp/tinytcp.json";

    /// <summary>The name of the file beside the program, which is read where there is no <see cref="SystemPath"/>.</summary>
    public const string LocalName = "appsettings.json";

    private const long MaxLength = 64 * 1024 * 1024;

    /// <summary>No file.</summary>
    public static SettingsFile None { get; } =
        new(Option<string>.None, ImmutableDictionary<Setting, GivenText>.Empty, []);

    /// <summary>The text of a setting, if the file gives one.</summary>
    public Option<GivenText> Find(Setting setting) =>
        Texts.TryGetValue(setting, out var given) ? given : Option<GivenText>.None;

    /// <summary>Reads the file that the command line names, or else the first that exists of some paths.</summary>
    /// <param name="named">The path on the command line, if any. It is an error if there is no file.</param>
    /// <param name="others">The other paths.</param>
    public static SettingsFile Read(Option<string> named, IEnumerable<string> others) =>
        // The check keeps JSON out of memory where there is no file: 1.8 MB and 2 ms of a native start.
        named.Match(
            Some: static path =>
                FileKinds.Of(path) == FileKind.Missing
                    ? Invalid(
                        path,
                        $"--config: '{path}' does not exist, or is hidden from this user. Check the path."
                    )
                    : ReadExisting(System.IO.Path.GetFullPath(path)),
            None: () =>
                others
                    .Where(static path => FileKinds.Of(path) != FileKind.Missing)
                    .ToOption()
                    .Match(Some: ReadExisting, None: static () => None)
        );

    private static SettingsFile ReadExisting(string path)
    {
        if (FileKinds.Of(path) != FileKind.Regular)
        {
            return Invalid(path, $"{path} is not a regular file. Replace it by one.");
        }

        try
        {
            return new FileInfo(path).Length > MaxLength
                ? Invalid(path, $"{path} is larger than {MaxLength / 1024 / 1024} MiB. Shorten it.")
                : SettingsSection.Read(path, Encoding.UTF8.GetBytes(File.ReadAllText(path)));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return Invalid(path, $"Cannot read {path}: {exception.Message}");
        }
    }

    private static SettingsFile Invalid(string path, string problem) =>
        None with
        {
            Path = path,
            Problems = [problem],
        };
}
