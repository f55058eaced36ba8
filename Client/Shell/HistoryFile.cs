using System.Text;
using LanguageExt;
using TinyTcp.Cli.Errors;
using TinyTcp.Cli.IO;
using TinyTcp.Cli.Shell.Editing;
using TinyTcp.Cli.Terminals;
using TinyTcp.Core.Wire;

namespace TinyTcp.Cli.Shell;

/// <summary>
/// Where history is kept from day to day: a file that nobody else may read, each line escaped, so that it has neither
/// control characters nor line ends inside. Trouble with it is a sentence, and never more.
/// </summary>
/// <param name="path">The file.</param>
internal sealed class HistoryFile(string path)
{
    private const UnixFileMode UserReadWrite = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Where the file is by the environment's variables; none where they do not say.</summary>
    internal static Option<HistoryFile> Locate(Func<string, Option<string>> getVariable) =>
        (
            getVariable("XDG_STATE_HOME").Filter(Path.IsPathRooted)
            || getVariable("HOME")
                .Filter(Path.IsPathRooted)
                .Map(static home => Path.Combine(home, ".local", "state"))
        ).Map(static state => new HistoryFile(Path.Combine(state, CliEnvironment.ProgramName, "history")));

    /// <summary>Reads it; a file that is too long is made shorter.</summary>
    internal Either<string, History> Read() =>
        TryAccess(() =>
        {
            var lines = File.Exists(path) ? File.ReadAllLines(path) : [];
            var history = History.From(lines.Select(UnescapeLine).Somes());
            if (lines.Length > History.MaxLines)
            {
                Write(FileMode.Create, history.Lines);
            }

            return history;
        });

    /// <summary>Adds a line at the end.</summary>
    internal Either<string, Unit> Append(string line) =>
        TryAccess(() =>
        {
            Write(FileMode.Append, [line]);
            return Unit.Default;
        });

    private void Write(FileMode mode, IEnumerable<string> lines)
    {
        var options = new FileStreamOptions
        {
            Mode = mode,
            Access = FileAccess.Write,
            Share = FileShare.ReadWrite,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UserReadWrite;
        }

        CreateParent(Path.GetDirectoryName(path) ?? "");
        using var file = new FileStream(path, options);
        if (!OperatingSystem.IsWindows())
        {
            // It may have existed with other rights.
            File.SetUnixFileMode(file.SafeFileHandle, UserReadWrite);
        }

        file.Write(
            Encoding.UTF8.GetBytes(string.Concat(lines.Select(static line => $"{EscapeLine(line)}\n")))
        );
    }

    private static void CreateParent(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, UserReadWrite | UnixFileMode.UserExecute);
        }
    }

    private static string EscapeLine(string line) => Sanitizer.Sanitize(line);

    private static Option<string> UnescapeLine(string escaped) =>
        Escape.FromPrintable(escaped).Map(static bytes => Encoding.UTF8.GetString(bytes.Span));

    private Either<string, T> TryAccess<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception failed) when (CliError.IsFileSystemError(failed))
        {
            return $"History is not kept ({CliError.SystemMessage(failed)}): mend '{Sanitizer.Sanitize(path)}', or say --no-history.";
        }
    }
}
