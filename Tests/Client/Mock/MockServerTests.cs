using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using TinyTcp.Cli.Errors;
using TinyTcp.Cli.Mock;
using TinyTcp.Core.Transcripts;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Client.Mock;

/// <summary>A mock server plays the server's part of a transcript, right or wrong in one way.</summary>
public sealed class MockServerTests : IDisposable
{
    private const string Conversation =
        "CONNECT to h:1\n<- WELCOME, <text>\n-> TI\\c\n-> ME\\x0AECHO a\n<- TIME <time>\n<- ECHO a\n-> QUIT\n<- BYE\nCLOSED\n";

    private readonly string file = Path.GetTempFileName();

    public void Dispose() => File.Delete(file);

    [Fact]
    public async Task Both_parts_of_a_transcript_agree()
    {
        await File.WriteAllTextAsync(file, Conversation + Conversation);
        await using var mock = new RunningMock(Conversation, []);
        var (code, output, error) = await CliRunner.RunAsync("replay", file, mock.Address);
        Assert.Equal((0, $"{file}: same\n", ""), (code, output, error));
        Assert.All(await mock.ServedAsync(2), static mismatches => Assert.True(mismatches.IsEmpty));
    }

    [Fact]
    public async Task Each_client_gets_the_next_conversation_and_then_the_first_again()
    {
        const string Busy = "CONNECT to h:1\n<- ERROR SERVER_BUSY\nCLOSED\n";
        await using var mock = new RunningMock(Conversation + Busy, []);
        await File.WriteAllTextAsync(file, Conversation + Busy + Conversation);
        Assert.Equal(0, (await CliRunner.RunAsync("replay", file, mock.Address)).Code);
    }

    [Fact]
    public async Task What_a_client_sends_is_compared()
    {
        await using var mock = new RunningMock(Conversation, []);
        await CliRunner.RunAsync("echo", "b", "-t", mock.Address);
        var mismatches = Assert.Single(await mock.ServedAsync(1));
        Assert.Equal(
            (MismatchKind.Different, 4, "<- TIME", "<- ECHO b"),
            (mismatches[0].Kind, mismatches[0].Line, mismatches[0].Expected, mismatches[0].Got)
        );
    }

    [Theory]
    [InlineData("drop", "closed")]
    [InlineData("duplicate", "extra")]
    [InlineData("silence", "missing")]
    [InlineData("reset", "reset")]
    public async Task A_fault_is_found_by_a_replay(string fault, string kind)
    {
        // Enough lines that one is affected, whatever the seed is.
        var requests = string.Concat(Enumerable.Range(0, 30).Select(static number => $"-> ECHO {number}\n"));
        var replies = requests.Replace("->", "<-", StringComparison.Ordinal);
        await File.WriteAllTextAsync(file, $"CONNECT to h:1\n{requests}{replies}CLOSED\n");
        await using var mock = new RunningMock(await File.ReadAllTextAsync(file), [fault]);
        var (code, output, _) = await CliRunner.RunAsync(
            "replay",
            file,
            mock.Address,
            "--json",
            "--timeout",
            "300ms"
        );
        Assert.Equal(ExitCodes.Mismatch.Code, code);
        Assert.Contains(
            JsonSchemas.AssertValid("replay", output)["mismatches"]!.AsArray(),
            mismatch =>
                (string?)mismatch!["kind"] == kind
                || (kind == "closed" && (string?)mismatch["kind"] == "missing")
        );
    }

    [Theory]
    [InlineData("cut")]
    [InlineData("glue")]
    [InlineData("slow")]
    public async Task A_client_does_not_notice_where_TCP_cuts(string fault)
    {
        await using var mock = new RunningMock(Conversation, [fault]);
        var (code, output, error) = await CliRunner.RunAsync(
            ["send", "-", mock.Address],
            new CliRunner.TestEnvironment { Input = "TIME\nECHO a\nQUIT\n"u8.ToArray() }
        );
        Assert.Equal((0, ""), (code, error));
        Assert.EndsWith("\nECHO a\nBYE\n", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("# nothing\n", "has no CONNECT")]
    [InlineData("HELLO\n", ":1:1: expected")]
    public async Task A_file_without_a_conversation_is_an_error(string content, string expected)
    {
        await File.WriteAllTextAsync(file, content);
        var (code, _, error) = await CliRunner.RunAsync("mock", file);
        Assert.Equal(ExitCodes.IoFailed.Code, code);
        Assert.Contains(expected, error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_in_use_is_an_error()
    {
        await using var server = ReferenceServer.Start();
        await File.WriteAllTextAsync(file, Conversation);
        var (code, _, error) = await CliRunner.RunAsync("mock", file, "--port", $"{server.Port}");
        Assert.Equal(ExitCodes.ConnectFailed.Code, code);
        Assert.StartsWith($"tinytcp: Cannot listen on {server.Address} (", error, StringComparison.Ordinal);
    }

    /// <summary>A mock server on a free port.</summary>
    private sealed class RunningMock : IAsyncDisposable
    {
        private readonly CancellationTokenSource closing = new();
        private readonly Socket listener = new(
            AddressFamily.InterNetwork,
            SocketType.Stream,
            ProtocolType.Tcp
        );
        private readonly ConcurrentQueue<ImmutableArray<Mismatch>> served = [];
        private readonly SemaphoreSlim isServed = new(0);
        private readonly Task running;

        internal RunningMock(string transcript, string[] faults)
        {
            listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            listener.Listen();
            var server = new MockServer(
                listener,
                TestValues.Right(Transcript.Parse(transcript)),
                [.. Fault.Rows.Where(fault => faults.Contains(fault.Name))],
                seed: 1,
                TimeSpan.FromSeconds(20),
                TimeProvider.System
            );
            running = server.RunAsync(
                default,
                (_, _, mismatches) =>
                {
                    served.Enqueue(mismatches);
                    isServed.Release();
                },
                closing.Token
            );
        }

        internal string Address => $"{listener.LocalEndPoint}";

        internal async Task<ImmutableArray<Mismatch>[]> ServedAsync(int count)
        {
            for (var each = 0; each < count; each++)
            {
                await isServed.WaitAsync();
            }

            return [.. served];
        }

        public async ValueTask DisposeAsync()
        {
            await closing.CancelAsync();
            await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            listener.Dispose();
            closing.Dispose();
            isServed.Dispose();
        }
    }
}
