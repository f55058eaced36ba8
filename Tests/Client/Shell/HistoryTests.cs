using System.Globalization;
using LanguageExt;
using TinyTcp.Cli.Shell;
using TinyTcp.Cli.Shell.Editing;
using TinyTcp.Core.Wire;
using TinyTcp.Tests.Core.Generators;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Client.Shell;

/// <summary>Lines that are kept: which, how many, where, and for whose eyes.</summary>
public sealed class HistoryTests : IDisposable
{
    private readonly string state = Directory.CreateTempSubdirectory("tinytcp-history-").FullName;

    private string FileName => Path.Combine(state, "tinytcp", "history");

    public void Dispose() => Directory.Delete(state, recursive: true);

    [Law]
    public void Blank_secret_and_repeated_lines_are_dropped_and_the_size_is_bounded(AnyString[] lines)
    {
        var asked = lines.SelectMany(static line =>
            new[] { line.Characters, $" {line.Characters}", line.Characters }
        );
        var history = History.From(FullHistory.Concat(asked));
        Assert.Equal(History.MaxLines, history.Lines.Count);
        Assert.All(history.Lines, static line => Assert.False(Grammar.IsBlank(line) || line[0] == ' '));
        Assert.All(
            Enumerable.Zip(history.Lines, history.Lines.Skip(1)),
            static pair => Assert.NotEqual(pair.First, pair.Second)
        );
    }

    [Fact]
    public void Saved_lines_are_read_back_and_the_file_is_private()
    {
        string[] lines = ["ECHO \x1B[2J", "back\\slash", "ü😀"];
        var memory = lines.Aggregate(OpenStore(), static (memory, line) => memory.Append(line));
        Assert.True(memory.Error.IsNone);
        Assert.Equal(lines, OpenStore().History.Lines);
        Assert.DoesNotContain('\x1B', File.ReadAllText(FileName));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(FileName));
        }
    }

    [Fact]
    public void A_file_readable_by_others_becomes_private()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(FileName)!);
        File.WriteAllText(FileName, "");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(
                FileName,
                UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead
            );
            Assert.True(OpenStore().Append("ECHO my secret").Error.IsNone);
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(FileName));
        }
    }

    [Fact]
    public void A_file_that_is_too_long_is_truncated()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(FileName)!);
        File.WriteAllLines(FileName, FullHistory.Append("the last"));
        Assert.Equal("the last", OpenStore().History.FromEnd(1));
        Assert.Equal(History.MaxLines, File.ReadAllLines(FileName).Length);
    }

    [Fact]
    public void An_unusable_file_is_reported_once()
    {
        Directory.CreateDirectory(FileName);
        var memory = OpenStore();
        Assert.StartsWith(
            "History is not kept (",
            memory.Append("TIME").Error.IfNone(""),
            StringComparison.Ordinal
        );
        Assert.True(memory.Append("TIME").WithoutError().Append("TIME").Error.IsNone);
    }

    [Fact]
    public void Without_a_home_directory_history_is_off_and_an_error_is_reported() =>
        Assert.True(TinyTcp.Cli.Shell.HistoryStore.Open(static _ => Option<string>.None).Error.IsSome);

    private static IEnumerable<string> FullHistory =>
        Enumerable
            .Range(0, History.MaxLines)
            .Select(static number => number.ToString(CultureInfo.InvariantCulture));

    private HistoryStore OpenStore() =>
        TinyTcp.Cli.Shell.HistoryStore.Open(name => name == "XDG_STATE_HOME" ? state : Option<string>.None);
}
