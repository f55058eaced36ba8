using System.Text;
using LanguageExt;
using TinyTcp.Cli.Errors;
using TinyTcp.Cli.IO;
using TinyTcp.Cli.Shell.Editing;
using TinyTcp.Cli.Terminals;
using TinyTcp.Core.Wire;

namespace TinyTcp.Cli.Shell;

/// <summary>
/// The history on disk: one escaped line per row, readable by its user only. Shells that run at the same time lose none of
/// each other's lines: a lock file serializes their writes.
/// </summary>
internal sealed class HistoryFile
{
    private const UnixFileMode UserReadWrite = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const string NoFolder =
        "Cannot save history: neither XDG_STATE_HOME nor HOME is an absolute path. Set one, or use --no-history.";

    // About a second: SpinWait sleeps for a millisecond after its first iterations.
    private const int MaxLockAttempts = 1_000;

    /// <summary>How much of the end of the file is read.</summary>
    private const int MaxBytes = 1 << 20;

    private readonly string path;

    private HistoryFile(string path, History saved)
    {
        this.path = path;
        Saved = saved;
    }

    /// <summary>The lines of earlier sessions.</summary>
    internal History Saved { get; }

    /// <summary>Reads <c>$XDG_STATE_HOME/tinytcp/history</c>, or the file in <c>~/.local/state</c>.</summary>
    /// <returns>The file, or an error message.</returns>
    internal static Either<string, HistoryFile> Open(Func<string, Option<string>> getVariable) =>
        (
            getVariable("XDG_STATE_HOME").Filter(Path.IsPathRooted)
            || getVariable("HOME")
                .Filter(Path.IsPathRooted)
                .Map(static home => Path.Combine(home, ".local", "state"))
        )
            .Map(static state => Path.Combine(state, CliEnvironment.ProgramName, "history"))
            .ToEither(NoFolder)
            .Bind(static path =>
                WithLock(path, () => new HistoryFile(path, Load(path)))
                    .BindLeft(error => ReadOnly(path, error))
            );

    /// <summary>Adds a line at the end.</summary>
    /// <returns>An error message where that failed.</returns>
    internal Either<string, Unit> Append(string line) => WithLock(path, () => Append(path, line));

    private static History Load(string path)
    {
        if (!File.Exists(path))
        {
            return History.Empty;
        }

        string[] lines;
        using (var file = OpenPrivate(path, FileMode.Open, FileShare.ReadWrite))
        {
            lines = ReadLines(file);
        }

        var history = From(lines);
        if (lines.Length > History.MaxLines)
        {
            // A new file in place of the old one, also of one that a link leads to: a crash leaves one of them whole.
            var target = FinalTarget(path);
            Write($"{target}.new", history.Lines);
            CopyRights(target, $"{target}.new");
            File.Move($"{target}.new", target, overwrite: true);
        }

        return history;
    }

    /// <summary>Reads a history that cannot be written or locked. The first line that is added reports it.</summary>
    /// <returns>The history, or the error if there is no line.</returns>
    private static Either<string, HistoryFile> ReadOnly(string path, string error)
    {
        try
        {
            // A pipe has no length, and opening it for reading would wait.
            if (!File.Exists(path) || new FileInfo(FinalTarget(path)).Length == 0)
            {
                return error;
            }

            using var file = File.OpenRead(path);
            return new HistoryFile(path, From(ReadLines(file)));
        }
        catch (Exception failed) when (CliError.IsFileSystemError(failed))
        {
            return error;
        }
    }

    private static History From(string[] lines) => History.From(lines.Select(Unescape).Somes());

    private static string FinalTarget(string path) =>
        File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path;

    private static string[] ReadLines(FileStream file)
    {
        // No more than its length: a device such as /dev/zero has no end.
        var bytes = new byte[Math.Min(file.Length, MaxBytes)];
        file.Seek(file.Length - bytes.Length, SeekOrigin.Begin);
        var length = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        var text = bytes.AsSpan(0, length);

        // The read begins inside a line.
        var firstLine = file.Length > MaxBytes ? text.IndexOf((byte)'\n') : 0;
        return firstLine < 0
            ? []
            : Encoding.UTF8.GetString(text[firstLine..]).Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private static Unit Append(string path, string line)
    {
        using var file = OpenPrivate(path, FileMode.OpenOrCreate, FileShare.ReadWrite);
        var length = file.Length;
        file.Seek(Math.Max(0, length - 1), SeekOrigin.Begin);

        // The last line has no end where a program was killed, or the disk was full, while it was written.
        var isEnded = length == 0 || file.ReadByte() == '\n';
        try
        {
            file.Write(Encoding.UTF8.GetBytes($"{(isEnded ? "" : "\n")}{ToRow(line)}"));
        }
        catch (Exception failed) when (CliError.IsFileSystemError(failed))
        {
            TryTruncate(file, length);
            throw;
        }

        return Unit.Default;
    }

    /// <summary>Removes a part of a line. A device cannot be truncated: the first error is the one to report.</summary>
    private static void TryTruncate(FileStream file, long length)
    {
        try
        {
            file.SetLength(length);
        }
        catch (Exception failed) when (CliError.IsFileSystemError(failed))
        {
            // The caller reports why it could not be written.
        }
    }

    private static void Write(string path, IEnumerable<string> lines)
    {
        using var file = OpenPrivate(path, FileMode.Create, FileShare.Read);
        file.Write(Encoding.UTF8.GetBytes(string.Concat(lines.Select(ToRow))));

        // A file that replaces another must be on the disk before its name is.
        file.Flush(flushToDisk: true);
    }

    private static string ToRow(string line) => $"{Sanitizer.Sanitize(line)}\n";

    private static Option<string> Unescape(string escaped) =>
        Escape.FromPrintable(escaped).Map(static bytes => Encoding.UTF8.GetString(bytes.Span));

    private static Either<string, T> WithLock<T>(string path, Func<T> action)
    {
        try
        {
            CreatePrivateFolder(Path.GetDirectoryName(path) ?? "");
            using var locked = Lock($"{path}.lock");
            return action();
        }
        catch (Exception failed) when (CliError.IsFileSystemError(failed))
        {
            return $"Cannot save history in '{Sanitizer.Sanitize(path)}': {CliError.SystemMessage(failed)}. Check that it is writable and that no suspended shell holds its lock, or use --no-history.";
        }
    }

    /// <summary>Waits until no other shell holds the lock. .NET locks a file that is opened with FileShare.None.</summary>
    private static FileStream Lock(string path)
    {
        var wait = new SpinWait();
        while (true)
        {
            try
            {
                return OpenPrivate(path, FileMode.OpenOrCreate, FileShare.None);
            }
            catch (IOException) when (File.Exists(path) && wait.Count < MaxLockAttempts)
            {
                wait.SpinOnce();
            }
        }
    }

    /// <summary>Opens a file, and makes it private even where it existed. What a link leads to keeps its rights: it may be a device.</summary>
    private static FileStream OpenPrivate(string path, FileMode mode, FileShare share)
    {
        var options = new FileStreamOptions
        {
            Mode = mode,
            // Opening a pipe in both directions does not wait for another program.
            Access = FileAccess.ReadWrite,
            Share = share,
            BufferSize = 0,
        };
        if (OperatingSystem.IsWindows())
        {
            return new(path, options);
        }

        options.UnixCreateMode = mode == FileMode.Open ? null : UserReadWrite;
        var file = new FileStream(path, options);
        if (!file.CanSeek)
        {
            file.Dispose();
            throw new IOException("It is a pipe or a device");
        }

        if (new FileInfo(path).LinkTarget is null)
        {
            File.SetUnixFileMode(file.SafeFileHandle, UserReadWrite);
        }

        return file;
    }

    private static void CopyRights(string from, string to)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(to, File.GetUnixFileMode(from));
        }
    }

    /// <summary>What a link leads to keeps its rights: it may be shared.</summary>
    private static void CreatePrivateFolder(string folder)
    {
        Directory.CreateDirectory(folder);
        if (!OperatingSystem.IsWindows() && new DirectoryInfo(folder).LinkTarget is null)
        {
            File.SetUnixFileMode(folder, UserReadWrite | UnixFileMode.UserExecute);
        }
    }
}
