using System.Text;
using LanguageExt;
using TinyTcp.Shell.Settings;
using TinyTcp.Tests.Core.Generators;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Shell;

/// <summary>Files of settings. CheckTests has what is wrong with them.</summary>
public sealed class SettingsFileTests : IDisposable
{
    private const string Name = "settings.json";
    private const string Valid = """{"Other":[{"a":"b"}],"TinyTcp":{"MaxLine":"16k","Port":40001}}""";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("tinytcp");

    private string FilePath => PathOf(Name);

    [Fact]
    public void Without_a_file_there_is_no_setting() =>
        Assert.Equal(SettingsFile.None, SettingsFile.Read(Option<string>.None, [FilePath]));

    [Theory]
    [InlineData("", "first")]
    [InlineData("first", "first")]
    [InlineData("second", "second")]
    [InlineData("first second", "first")]
    [InlineData("first second named", "named")]
    public void The_named_file_is_read_or_the_first_that_exists(string existing, string expected)
    {
        foreach (var name in existing.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            File.WriteAllText(PathOf(name), "{}");
        }

        var named = existing.Contains("named", StringComparison.Ordinal) ? PathOf("named") : null;
        var file = SettingsFile.Read(Prelude.Optional(named), [PathOf("first"), PathOf("second")]);
        Assert.Equal(existing.Length == 0 ? Option<string>.None : PathOf(expected), file.Path);
        Assert.Empty(file.Problems);
    }

    [Theory]
    [InlineData("{}", "")]
    [InlineData("{\"Other\":[1]}", "")]
    [InlineData("{\"Other\":{\"Port\":1},\"Hosts\":\"a\"}", "")]
    [InlineData("{\"TinyTpc\":{},\"TinyTcp\":{}}", "")]
    [InlineData("{\"TinyTcp\":{}}", "")]
    [InlineData("{\"TinyTcp\":{\"maxline\":100}}", "100")]
    [InlineData("{\"tinytcp\":{\"MaxLine\":\"100\"}}", "100")]
    [InlineData("{\"TinyTcp\":{\"Max\\u004cine\":\"\\u0031\"}}", "1")]
    [InlineData("{\"TinyTcp\":{\"MaxLine\":true}}", "true")]
    [InlineData("\uFEFF{/* A mark and a comment. */\"TinyTcp\":{\"MaxLine\":100,},}", "100")]
    public void A_setting_is_a_member_of_the_section_in_any_letter_case(string json, string text)
    {
        var file = Read(json);
        Assert.Empty(file.Problems);
        Assert.Equal(text, MaxLine(file).Map(static given => given.Text).IfNone(""));
    }

    /// <summary>White space, comments and other sections have any number of lines.</summary>
    [Law]
    public void A_setting_has_the_line_of_its_key(byte count)
    {
        var lines = Enumerable
            .Range(0, count)
            .Select(static index =>
                (index % 3) switch
                {
                    0 => "",
                    1 => "/* one\n two */",
                    _ => $"\"Other{index}\": [1,\n\r\n2],",
                }
            );
        var start = $"{{\n{string.Join('\n', lines)}\n\"TinyTcp\": {{ ";
        var file = Read($"{start}\"MaxLine\":\n1 }} }}");
        Assert.Equal(
            $"{FilePath}:{start.Count(static letter => letter == '\n') + 1}: TinyTcp:MaxLine",
            TestValues.Given(MaxLine(file)).Source
        );
    }

    [Law]
    public void A_file_that_was_cut_is_an_error_with_file_and_line(byte length)
    {
        var cut = length % Valid.Length;
        Assert.StartsWith(
            $"{FilePath}:1: ",
            Assert.Single(Read(Valid[..cut]).Problems),
            StringComparison.Ordinal
        );
    }

    [Law]
    public void Any_text_is_a_file_or_has_problems_that_name_it(AnyString text, byte at)
    {
        var cut = at % Valid.Length;
        Assert.All(
            Read(text.Characters).Problems.Concat(Read(Valid.Insert(cut, text.Characters)).Problems),
            problem => Assert.StartsWith($"{FilePath}:", problem, StringComparison.Ordinal)
        );
    }

    [Fact]
    public void A_pipe_in_place_of_the_file_is_an_error_and_is_not_waited_for()
    {
        if (OperatingSystem.IsLinux())
        {
            NamedPipe.Create(FilePath);
            AssertIsNoRegularFile();
        }
    }

    [Fact]
    public void A_device_in_place_of_the_file_is_an_error_and_is_not_read()
    {
        if (OperatingSystem.IsLinux())
        {
            File.CreateSymbolicLink(FilePath, "/dev/zero");
            AssertIsNoRegularFile();
        }
    }

    [Fact]
    public void A_file_of_more_than_64_MiB_is_an_error()
    {
        using (var file = File.Create(FilePath))
        {
            file.SetLength((64 * 1024 * 1024) + 1);
        }

        Assert.Equal(
            $"{FilePath} is larger than 64 MiB. Shorten it.",
            Assert.Single(SettingsFile.Read(FilePath, []).Problems)
        );
    }

    public void Dispose() => folder.Delete(recursive: true);

    private string PathOf(string name) => Path.Combine(folder.FullName, name);

    private void AssertIsNoRegularFile() =>
        Assert.StartsWith(
            $"{FilePath} is not a regular file.",
            Assert.Single(SettingsFile.Read(Option<string>.None, [FilePath]).Problems),
            StringComparison.Ordinal
        );

    private SettingsFile Read(string json)
    {
        // Half a surrogate pair becomes U+FFFD.
        File.WriteAllBytes(FilePath, Encoding.UTF8.GetBytes(json));
        return SettingsFile.Read(FilePath, []);
    }

    private static Option<GivenText> MaxLine(SettingsFile file) =>
        file.Find(SettingTable.Rows.Single(static row => row.Name == "max-line"));
}
