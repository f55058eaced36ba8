using System.Text;
using LanguageExt;
using TinyTcp.Cli.Display;
using TinyTcp.Core.Wire;

namespace TinyTcp.Cli.Interactive;

/// <summary>
/// Where history is kept from day to day: a file that nobody else may read, each line escaped, so that it has neither
/// control characters nor line ends inside. Trouble with it is a sentence, and never more.
/// </summary>
/// <param name="path">The file.</param>
internal sealed class HistoryFile(string path)
{
    private const UnixFileMode UserOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Where the file is by the environment's variables; none where they do not say.</summary>
    internal static Option<HistoryFile> Find(Func<string, Option<string>> variable) =>
        (
            variable("XDG_STATE_HOME").Filter(Path.IsPathRooted)
            || variable("HOME")
                .Filter(Path.IsPathRooted)
                .Map(static home => Path.Combine(home, ".local", "state"))
        ).Map(static state => new HistoryFile(Path.Combine(state, CommandLine.Name, "history")));

    /// <summary>Reads it; a file that is too long is made shorter.</summary>
    internal Either<string, History> Read() =>
        Try(() =>
        {
            var lines = File.Exists(path) ? File.ReadAllLines(path) : [];
            var history = History.Of(lines.Select(Shown).Somes());
            if (lines.Length > History.Most)
            {
                Write(FileMode.Create, history.Lines);
            }

            return history;
        });

    /// <summary>Adds a line at the end.</summary>
    internal Either<string, Unit> Add(string line) =>
        Try(() =>
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
            options.UnixCreateMode = UserOnly;
        }

        CreateFolder(Path.GetDirectoryName(path) ?? "");
        using var file = new FileStream(path, options);
        if (!OperatingSystem.IsWindows())
        {
            // It may have existed with other rights.
            File.SetUnixFileMode(file.SafeFileHandle, UserOnly);
        }

        file.Write(Encoding.UTF8.GetBytes(string.Concat(lines.Select(static line => $"{Escaped(line)}\n"))));
    }

    private static void CreateFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, UserOnly | UnixFileMode.UserExecute);
        }
    }

    private static string Escaped(string line) => Printable.Of(line);

    private static Option<string> Shown(string escaped) =>
        Escape.FromPrintable(escaped).Map(static bytes => Encoding.UTF8.GetString(bytes.Span));

    private Either<string, T> Try<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception failed) when (Complaint.IsOfStreams(failed))
        {
            return $"History is not kept ({Complaint.Said(failed)}): mend '{Printable.Of(path)}', or say --no-history.";
        }
    }
}
