using TinyTcp.Core.Transcripts;
using TinyTcp.Tests.Core.Generators;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Client.Record;

/// <summary><c>--record</c>: the conversation of a command as a transcript.</summary>
public sealed class RecordTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("tinytcp-record-").FullName;

    private string File => Path.Combine(folder, "recording");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Law]
    public async Task The_recording_of_any_requests_is_replayed_without_a_difference(
        AnyBytes first,
        AnyBytes second
    )
    {
        await using var server = ReferenceServer.Start();
        byte[] input = [.. first.Bytes.Span, (byte)'\n', .. second.Bytes.Span];
        await CliRunner.RunAsync(
            ["send", "-", server.Address, "--record", File],
            new CliRunner.TestEnvironment { Input = input }
        );
        var same = $"{File}: same\n";
        Assert.Equal((0, same, ""), await CliRunner.RunAsync("replay", "--core", File));
        Assert.Equal((0, same, ""), await CliRunner.RunAsync("replay", File, server.Address));
    }

    [Theory]
    [InlineData("time", "-> TIME\n<- TIME <time>\n")]
    [InlineData("echo a b", "-> ECHO a b\n<- ECHO a b\n")]
    [InlineData("raw nonsense", "-> nonsense\n<- ERROR UNKNOWN_COMMAND\n")]
    public async Task A_command_is_recorded_with_the_greeting(string words, string lines)
    {
        await using var server = ReferenceServer.Start();
        await CliRunner.RunAsync([.. words.Split(' '), "-t", server.Address, "--record", File]);
        Assert.Equal(
            $"CONNECT to {server.Address}\n<- WELCOME, I'm TinyServer not pressure\n{lines}",
            await System.IO.File.ReadAllTextAsync(File)
        );
    }

    [Fact]
    public async Task What_a_server_sends_before_it_closes_is_recorded_whole_or_not()
    {
        await using var server = FakeServer.StartWithGreeting(static async connection =>
        {
            await connection.ReadLineAsync();
            await connection.SendAsync("ECHO \xFF");
            await connection.FinishAsync();
        });
        var (code, _, _) = await CliRunner.RunAsync("echo", "x", "-t", server.Address, "--record", File);
        Assert.Equal(5, code);
        var text = await System.IO.File.ReadAllTextAsync(File);
        Assert.EndsWith("-> ECHO x\n<- ECHO \\xFF\\c\nCLOSED\n", text, StringComparison.Ordinal);
        Assert.True(Transcript.Parse(text).IsRight);
    }

    [Fact]
    public async Task A_full_disk_ends_the_recording_and_not_the_command()
    {
        await using var server = ReferenceServer.Start();
        var (code, output, error) = await CliRunner.RunAsync(
            ["send", "-", server.Address, "--record", "/dev/full"],
            new CliRunner.TestEnvironment { Input = "ECHO a\nECHO b\n"u8.ToArray() }
        );
        Assert.Equal((0, "ECHO a\nECHO b\n"), (code, output));
        Assert.Single(error.TrimEnd().Split('\n'));
        Assert.StartsWith("tinytcp: Cannot write the recording '/dev/full'", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_path_that_cannot_be_written_is_an_error_before_connecting()
    {
        var (code, _, error) = await CliRunner.RunAsync("time", "--record", folder);
        Assert.Equal(10, code);
        Assert.StartsWith($"tinytcp: Cannot write the recording '{folder}'", error, StringComparison.Ordinal);
    }
}
