using System.Globalization;
using LanguageExt;
using TinyTcp.Cli.Shell;
using TinyTcp.Cli.Shell.Editing;
using TinyTcp.Core.Wire;
using TinyTcp.Tests.Core.Generators;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Client.Shell;

/// <summary>Which lines are saved, how many, and in which file.</summary>
public sealed class HistoryTests : IDisposable
{
    private readonly string state = Directory.CreateTempSubdirectory("tinytcp-history-").FullName;

    private const UnixFileMode ReadableByOthers =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead;

    private string Folder => Path.Combine(state, "tinytcp");

    private string FileName => Path.Combine(Folder, "history");

    public void Dispose() => Directory.Delete(state, recursive: true);

    [Law]
    public void Blank_secret_and_repeated_lines_are_dropped_and_the_size_is_bounded(AnyString[] lines)
    {
        var accepted = lines.SelectMany(static line =>
            new[] { line.Characters, $" {line.Characters}", line.Characters }
        );
        var history = History.From(FullHistory.Concat(accepted));
        Assert.Equal(History.MaxLines, history.Lines.Count);
        Assert.All(history.Lines, static line => Assert.False(Grammar.IsBlank(line) || line[0] == ' '));
        Assert.All(
            Enumerable.Zip(history.Lines, history.Lines.Skip(1)),
            static pair => Assert.NotEqual(pair.First, pair.Second)
        );
    }

    [Fact]
    public void Saved_lines_are_read_back_and_file_and_folder_are_private()
    {
        string[] lines = ["ECHO \x1B[2J", "back\\slash", "ü😀"];
        var file = Open();
        Assert.All(lines, line => Assert.True(file.Append(line).IsRight));
        Assert.Equal(lines, Open().Saved.Lines);
        Assert.DoesNotContain('\x1B', File.ReadAllText(FileName));
        AssertPrivate();
    }

    [Fact]
    public void A_file_and_a_folder_that_others_can_read_become_private()
    {
        Directory.CreateDirectory(Folder);
        File.WriteAllText(FileName, "");
        SetRights(Folder, ReadableByOthers | UnixFileMode.UserExecute);
        SetRights(FileName, ReadableByOthers);
        Assert.True(Open().Append("ECHO my secret").IsRight);
        AssertPrivate();
    }

    [Fact]
    public void A_file_that_is_too_long_is_replaced_by_a_shorter_one()
    {
        Directory.CreateDirectory(Folder);
        File.WriteAllLines(FileName, FullHistory.Append("the last"));
        using var old = File.OpenRead(FileName);
        Assert.Equal("the last", Open().Saved.FromEnd(1));
        Assert.Equal(History.MaxLines, File.ReadAllLines(FileName).Length);
        AssertPrivate();

        // The old file is not overwritten: a reader that opened it before still reads all of it.
        using var reader = new StreamReader(old);
        Assert.Equal(
            History.MaxLines + 1,
            reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Length
        );
    }

    [Fact]
    public async Task Shells_that_run_at_the_same_time_lose_no_line()
    {
        const int shells = 4;
        const int linesOfEach = 50;
        Directory.CreateDirectory(Folder);
        File.WriteAllLines(FileName, FullHistory);
        var saved = await Task.WhenAll(
            Enumerable
                .Range(0, shells)
                .Select(shell =>
                    Task.Run(() =>
                        // A shell that does not get the lock in time reports that its line is not saved.
                        Enumerable
                            .Range(0, linesOfEach)
                            .Select(number => $"ECHO {shell} {number}")
                            .Where(line => TryOpen().Bind(file => file.Append(line)).IsRight)
                            .ToArray()
                    )
                )
        );
        Assert.Equal(
            saved.SelectMany(static lines => lines).Order(StringComparer.Ordinal),
            Open()
                .Saved.Lines.Where(static line => line.StartsWith("ECHO ", StringComparison.Ordinal))
                .Order(StringComparer.Ordinal)
        );
        Assert.NotEmpty(saved.SelectMany(static lines => lines));
    }

    [Fact]
    public void A_file_that_cannot_be_written_is_an_error_that_names_it()
    {
        Directory.CreateDirectory(FileName);
        Assert.Contains(FileName, Open().Append("TIME").LeftToList().Single(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("history")]
    [InlineData("history.lock")]
    public async Task A_pipe_in_place_of_a_file_is_an_error_that_comes_at_once(string name)
    {
        Directory.CreateDirectory(Folder);
        await ProgramProcess.RunScript("sh", $"mkfifo '{Path.Combine(Folder, name)}'");
        var opened = await Task.Run(TryOpen).WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Contains("pipe", opened.LeftToList().Single(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_link_to_the_null_device_keeps_no_line_and_leaves_the_devices_rights()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var rights = File.GetUnixFileMode("/dev/null");
        Directory.CreateDirectory(Folder);
        File.CreateSymbolicLink(FileName, "/dev/null");
        Assert.True(Open().Append("TIME").IsRight);
        Assert.Empty(Open().Saved.Lines);
        Assert.Equal(rights, File.GetUnixFileMode("/dev/null"));
    }

    [Fact]
    public void A_linked_history_is_shortened_where_the_link_leads_and_keeps_its_rights()
    {
        var target = Path.Combine(state, "dotfiles");
        Directory.CreateDirectory(Folder);
        File.WriteAllLines(target, FullHistory.Append("the last"));
        File.CreateSymbolicLink(FileName, target);
        SetRights(target, ReadableByOthers);
        Assert.Equal("the last", Open().Saved.FromEnd(1));
        Assert.Equal(target, File.ResolveLinkTarget(FileName, returnFinalTarget: true)?.FullName);
        Assert.Equal(History.MaxLines, File.ReadAllLines(target).Length);
        AssertRights(target, ReadableByOthers);
    }

    [Fact]
    public void A_linked_folder_keeps_its_rights()
    {
        const UnixFileMode shared = ReadableByOthers | UnixFileMode.UserExecute | UnixFileMode.OtherExecute;
        var target = Directory.CreateDirectory(Path.Combine(state, "shared")).FullName;
        Directory.CreateSymbolicLink(Folder, target);
        SetRights(target, shared);
        Assert.True(Open().Append("TIME").IsRight);
        AssertRights(target, shared);
    }

    [Fact]
    public void A_history_that_cannot_be_written_is_read_and_the_first_line_that_is_added_is_an_error()
    {
        Directory.CreateDirectory(Path.Combine(Folder, "history.lock"));
        File.WriteAllText(FileName, "TIME\n");
        var file = Open();
        Assert.Equal(["TIME"], file.Saved.Lines);
        Assert.Contains(FileName, file.Append("HELP").LeftToList().Single(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_line_follows_one_that_was_not_written_to_its_end()
    {
        Directory.CreateDirectory(Folder);
        File.WriteAllText(FileName, "TIME\nECHO half");
        Assert.True(Open().Append("HELP").IsRight);
        Assert.Equal(["TIME", "ECHO half", "HELP"], Open().Saved.Lines);
    }

    [Fact]
    public void Only_the_end_of_a_huge_file_is_read()
    {
        Directory.CreateDirectory(Folder);
        using (var file = File.Create(FileName))
        {
            // Sparse: it takes no space.
            file.SetLength(3L << 30);
            file.Seek(0, SeekOrigin.End);
            file.Write("\nTIME\n"u8);
        }

        Assert.Equal(["TIME"], Open().Saved.Lines);
        Assert.True(Open().Append("HELP").IsRight);
        Assert.Equal(["TIME", "HELP"], Open().Saved.Lines);
    }

    [Fact]
    public void A_line_that_is_read_in_part_is_dropped()
    {
        Directory.CreateDirectory(Folder);
        File.WriteAllText(FileName, $"ECHO {new string('x', 2 << 20)}\nTIME\n");
        Assert.Equal(["TIME"], Open().Saved.Lines);
    }

    [Fact]
    public void Without_a_home_folder_there_is_an_error() =>
        Assert.True(HistoryFile.Open(static _ => Option<string>.None).IsLeft);

    private static IEnumerable<string> FullHistory =>
        Enumerable
            .Range(0, History.MaxLines)
            .Select(static number => number.ToString(CultureInfo.InvariantCulture));

    private HistoryFile Open() => TestValues.Right(TryOpen());

    private Either<string, HistoryFile> TryOpen() =>
        HistoryFile.Open(name => name == "XDG_STATE_HOME" ? state : Option<string>.None);

    private static void SetRights(string path, UnixFileMode rights)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, rights);
        }
    }

    private static void AssertRights(string path, UnixFileMode rights)
    {
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(rights, File.GetUnixFileMode(path));
        }
    }

    private void AssertPrivate()
    {
        if (!OperatingSystem.IsWindows())
        {
            const UnixFileMode file = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            Assert.Equal(file | UnixFileMode.UserExecute, File.GetUnixFileMode(Folder));
            foreach (var path in Directory.GetFiles(Folder))
            {
                Assert.Equal(file, File.GetUnixFileMode(path));
            }
        }
    }
}
