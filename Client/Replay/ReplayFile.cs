using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using LanguageExt;
using TinyTcp.Cli.Errors;
using TinyTcp.Client.Primitives;
using TinyTcp.Core.Sessions;
using TinyTcp.Core.Transcripts;

namespace TinyTcp.Cli.Replay;

/// <summary>A file with a transcript.</summary>
/// <param name="Path">Its path, as the user named it.</param>
/// <param name="Transcript">The transcript.</param>
/// <param name="Settings">The server that its fields describe.</param>
internal sealed record ReplayFile(string Path, Transcript Transcript, TranscriptSettings Settings)
{
    private const int MaxBytes = 64 * 1024 * 1024;

    /// <summary>Reads files.</summary>
    internal static Either<CliError, ImmutableArray<ReplayFile>> ReadAll(IEnumerable<string> paths) =>
        paths.Aggregate(
            Either<CliError, ImmutableArray<ReplayFile>>.Right([]),
            static (all, path) => all.Bind(files => Read(path).Map(files.Add))
        );

    /// <summary>Reads a file.</summary>
    internal static Either<CliError, ReplayFile> Read(string path)
    {
        try
        {
            return Parse(path, ReadText(path));
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            return new CliError(
                ExitCodes.IoFailed,
                $"Cannot read {Quote.Of(path)}: no such file. Check the path."
            );
        }
        catch (Exception unread) when (CliError.IsFileSystemError(unread))
        {
            return CliError.InputError(unread);
        }
    }

    private static Either<CliError, ReplayFile> Parse(string path, string text) =>
        (
            from transcript in Transcript.Parse(text)
            from settings in TranscriptSettings.Read(transcript, Limits.Default)
            select new ReplayFile(path, transcript, settings)
        ).MapLeft(error => new CliError(
            ExitCodes.IoFailed,
            string.Create(
                CultureInfo.InvariantCulture,
                $"{path}:{error.Line}:{error.Column}: expected {error.Expected}, found {Quote.Of(error.Given)}."
            )
        ));

    private static string ReadText(string path)
    {
        using var file = File.OpenRead(path);
        return file.CanSeek && file.Length > MaxBytes
            ? throw new IOException(
                string.Create(CultureInfo.InvariantCulture, $"it is larger than {MaxBytes / 1024 / 1024} MiB")
            )
            : new StreamReader(file, new UTF8Encoding(false, throwOnInvalidBytes: false)).ReadToEnd();
    }
}
