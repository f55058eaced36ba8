using TinyTcp.Tests.Client;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.EndToEnd;

/// <summary>The client is stopped (SIGSTOP, Ctrl-Z) for longer than --timeout; what arrives meanwhile is in time.</summary>
[Trait("Category", "Program")]
public sealed class PausedClientTests
{
    private const int Timeout = 3;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(Timeout + 0.5);

    private readonly TaskCompletionSource<ProgramProcess> started = new(
        TaskCreationOptions.RunContinuationsAsynchronously
    );

    [Theory]
    [InlineData("time", "", "TIME 2025-09-12T17:24:13-05:00\n")]
    [InlineData("echo hello", "", "ECHO hello\n")]
    [InlineData("send", "ECHO a\nECHO b\n", "ECHO a\nECHO b\n")]
    public async Task A_greeting_and_a_reply_that_arrive_during_a_stop_are_in_time(
        string words,
        string input,
        string output
    )
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        await using var server = FakeServer.Start(async connection =>
        {
            await PauseWhileAsync(() => connection.SendAsync("WELCOME, test\n"));
            foreach (var _ in output.Split('\n')[1..])
            {
                await connection.ReadLineAsync();
            }

            await PauseWhileAsync(() => connection.SendAsync(output));
        });
        using var client = ProgramProcess.Start(
            ProgramProcess.Client,
            [.. words.Split(' '), "--target", server.Address, "--timeout", $"{Timeout}"]
        );
        await client.Input.WriteAsync(input);
        client.Input.Close();
        started.SetResult(client);

        var error = client.Error.ReadToEndAsync();
        Assert.Equal(output, await client.Output.ReadToEndAsync());
        Assert.Equal((0, ""), (await client.WaitForExit(), await error));
    }

    /// <summary>Stops the client for longer than its time-out while something happens.</summary>
    private async Task PauseWhileAsync(Func<Task> action)
    {
        var client = await started.Task;
        client.Pause();
        while (!IsStopped(client))
        {
            await Task.Yield();
        }

        await action();
        await Task.Delay(Pause);
        client.Continue();
    }

    // The state follows the name in parentheses.
    private static bool IsStopped(ProgramProcess client) =>
        File.ReadAllText($"/proc/{client.Id}/stat").Split(") ")[^1].StartsWith('T');
}
