using LanguageExt;
using TinyTcp.Shell.Settings;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Shell;

/// <summary>appsettings.json beside the program.</summary>
public sealed class SettingsFileTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("tinytcp");

    [Fact]
    public void Without_a_file_there_is_no_setting() => Assert.Equal("", TestValues.Right(ReadMaxLine()));

    [Theory]
    [InlineData("{}", "")]
    [InlineData("{\"Other\":[1]}", "")]
    [InlineData("{\"TinyTcp\":{}}", "")]
    [InlineData("{\"TinyTcp\":{\"maxline\":100}}", "100")]
    [InlineData("{\"tinytcp\":{\"MaxLine\":\"100\"}}", "100")]
    [InlineData("{\"TinyTcp\":{\"MaxLine\":null}}", "")]
    [InlineData("\uFEFF{/* A mark and a comment. */\"TinyTcp\":{\"MaxLine\":100,},}", "100")]
    public void A_setting_is_a_member_of_the_section_in_any_letter_case(string json, string text) =>
        Assert.Equal(text, TestValues.Right(ReadMaxLine(json)));

    [Theory]
    [InlineData("", "The input does not contain any JSON tokens.")]
    [InlineData("{\"TinyTcp\":", "Expected depth to be zero")]
    [InlineData("[]", "The file is not an object")]
    [InlineData("5", "The file is not an object")]
    [InlineData("{\"TinyTcp\":\"x\"}", "TinyTcp is not an object")]
    [InlineData("{\"TinyTcp\":5}", "TinyTcp is not an object")]
    [InlineData("{\"TinyTcp\":[]}", "TinyTcp is not an object")]
    [InlineData("{\"TinyTcp\":null}", "TinyTcp is not an object")]
    [InlineData("{\"TinyTcp\":{\"MaxLine\":{}}}", "TinyTcp:MaxLine is neither a text nor a number.")]
    [InlineData("{\"TinyTcp\":{\"MaxLine\":[]}}", "TinyTcp:MaxLine is neither a text nor a number.")]
    [InlineData("{\"TinyTcp\":{\"MaxLine\":true}}", "TinyTcp:MaxLine is neither a text nor a number.")]
    [InlineData("{\"TinyTcp\":{\"MaxLien\":100}}", "unknown setting TinyTcp:MaxLien.")]
    [InlineData("{\"TinyTcp\":{\"MaxLine\":1,\"maxline\":2}}", "TinyTcp:maxline is given twice.")]
    [InlineData("{\"TinyTcp\":{},\"tinytcp\":{}}", "the section TinyTcp is given twice.")]
    [InlineData("{\"TinyTcp:MaxLine\":100}", "TinyTcp:MaxLine is outside the section TinyTcp.")]
    [InlineData("{\"TinyTcp\":{\"MaxLine\":\"\\ud800\"}}", "Cannot read incomplete UTF-16")]
    public void An_invalid_file_is_an_error(string json, string problem) =>
        Assert.StartsWith(
            $"appsettings.json: {problem}",
            TestValues.Left(ReadMaxLine(json)),
            StringComparison.Ordinal
        );

    [Fact]
    public void A_folder_in_place_of_the_file_is_an_error()
    {
        folder.CreateSubdirectory(SettingsFile.Name);
        AssertIsNoRegularFile();
    }

    [Fact]
    public void A_pipe_in_place_of_the_file_is_an_error_and_is_not_waited_for()
    {
        if (OperatingSystem.IsLinux())
        {
            NamedPipe.Create(Path.Combine(folder.FullName, SettingsFile.Name));
            AssertIsNoRegularFile();
        }
    }

    [Fact]
    public void A_device_in_place_of_the_file_is_an_error_and_is_not_read()
    {
        if (OperatingSystem.IsLinux())
        {
            File.CreateSymbolicLink(Path.Combine(folder.FullName, SettingsFile.Name), "/dev/zero");
            AssertIsNoRegularFile();
        }
    }

    [Fact]
    public void A_file_of_more_than_64_MiB_is_an_error()
    {
        using (var file = File.Create(Path.Combine(folder.FullName, SettingsFile.Name)))
        {
            file.SetLength((64 * 1024 * 1024) + 1);
        }

        Assert.Equal(
            "appsettings.json: The file is larger than 64 MiB.",
            TestValues.Left(SettingsFile.Read(folder.FullName))
        );
    }

    public void Dispose() => folder.Delete(recursive: true);

    private void AssertIsNoRegularFile() =>
        Assert.Equal(
            "appsettings.json is not a regular file. Replace it by one.",
            TestValues.Left(SettingsFile.Read(folder.FullName))
        );

    private Either<string, string> ReadMaxLine(string json)
    {
        File.WriteAllText(Path.Combine(folder.FullName, SettingsFile.Name), json);
        return ReadMaxLine();
    }

    private Either<string, string> ReadMaxLine() =>
        SettingsFile
            .Read(folder.FullName)
            .Map(static find =>
                find(SettingTable.Rows.Single(static row => row.Name == "max-line")).IfNone("")
            );
}
