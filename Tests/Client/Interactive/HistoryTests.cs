using System.Globalization;
using LanguageExt;
using TinyTcp.Cli.Interactive;
using TinyTcp.Core.Wire;
using TinyTcp.Tests.Core.Generators;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Client.Interactive;

/// <summary>Lines that are kept: which, how many, where, and for whose eyes.</summary>
public sealed class HistoryTests : IDisposable
{
    private readonly string state = Directory.CreateTempSubdirectory("tinytcp-history-").FullName;

    private string FileName => Path.Combine(state, "tinytcp", "history");

    public void Dispose() => Directory.Delete(state, recursive: true);

    [Law]
    public void Blank_and_secret_lines_and_repeats_are_not_kept_and_never_more_than_the_most(
        AnyString[] lines
    )
    {
        var asked = lines.SelectMany(static line =>
            new[] { line.Characters, $" {line.Characters}", line.Characters }
        );
        var history = History.Of(Many.Concat(asked));
        Assert.Equal(History.Most, history.Lines.Count);
        Assert.All(history.Lines, static line => Assert.False(Grammar.IsBlank(line) || line[0] == ' '));
        Assert.All(
            Enumerable.Zip(history.Lines, history.Lines.Skip(1)),
            static pair => Assert.NotEqual(pair.First, pair.Second)
        );
    }

    [Fact]
    public void What_was_kept_is_read_back_and_the_file_is_its_users_alone()
    {
        string[] lines = ["ECHO \x1B[2J", "back\\slash", "ü😀"];
        var memory = lines.Aggregate(Memory(), static (memory, line) => memory.With(line));
        Assert.True(memory.Complaint.IsNone);
        Assert.Equal(lines, Memory().Past.Lines);
        Assert.DoesNotContain('\x1B', File.ReadAllText(FileName));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(FileName));
        }
    }

    [Fact]
    public void A_file_that_others_could_read_becomes_its_users_alone()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(FileName)!);
        File.WriteAllText(FileName, "");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(
                FileName,
                UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead
            );
            Assert.True(Memory().With("ECHO my secret").Complaint.IsNone);
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(FileName));
        }
    }

    [Fact]
    public void A_file_that_is_too_long_becomes_shorter()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(FileName)!);
        File.WriteAllLines(FileName, Many.Append("the last"));
        Assert.Equal("the last", Memory().Past.Back(1));
        Assert.Equal(History.Most, File.ReadAllLines(FileName).Length);
    }

    [Fact]
    public void A_file_that_cannot_be_used_is_one_complaint()
    {
        Directory.CreateDirectory(FileName);
        var memory = Memory();
        Assert.StartsWith(
            "History is not kept (",
            memory.With("TIME").Complaint.IfNone(""),
            StringComparison.Ordinal
        );
        Assert.True(memory.With("TIME").Told().With("TIME").Complaint.IsNone);
    }

    [Fact]
    public void Without_a_home_nothing_is_kept_and_that_is_said() =>
        Assert.True(Cli.Interactive.Memory.Of(static _ => Option<string>.None).Complaint.IsSome);

    private static IEnumerable<string> Many =>
        Enumerable
            .Range(0, History.Most)
            .Select(static number => number.ToString(CultureInfo.InvariantCulture));

    private Memory Memory() =>
        Cli.Interactive.Memory.Of(name => name == "XDG_STATE_HOME" ? state : Option<string>.None);
}
