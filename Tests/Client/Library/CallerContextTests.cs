using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using TinyTcp.Client;
using TinyTcp.Client.Options;
using TinyTcp.Client.Primitives;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Client.Library;

/// <summary>A connection does not keep the ExecutionContext of the call that makes it.</summary>
public class CallerContextTests
{
    private readonly AsyncLocal<object> ambient = new();

    [Fact]
    public async Task Callbacks_and_timers_do_not_run_in_the_first_callers_context()
    {
        var (seen, ended) = (new ConcurrentQueue<string>(), new TaskCompletionSource());
        await using var server = FakeServer.StartWithReplies("ECHO hello\n", "ERROR SHUTTING_DOWN\n");
        await using var client = server.CreateClient(
            ClientOptions.Default with
            {
                TimeProvider = new ContextTimeProvider(() => Note("timer")),
                OnConnected = () => Note("connected"),
                OnLine = line => Note(line.ToString()),
                OnDisconnected = _ =>
                {
                    Note("disconnected");
                    ended.SetResult();
                },
            }
        );

        ambient.Value = "the first request";
        Assert.Equal("hello", await client.EchoAsync("hello"));
        Assert.True((await client.GetTimeAsync()).IsLeft);
        await ended.Task;
        Assert.Equal(
            [
                "-> ECHO hello",
                "-> TIME",
                "<- ECHO hello",
                "<- ERROR SHUTTING_DOWN",
                "<- WELCOME, test",
                "connected",
                "disconnected",
                "timer",
            ],
            seen.Distinct().Order(StringComparer.Ordinal)
        );

        void Note(string name) =>
            seen.Enqueue(
                ambient.Value is null || ExecutionContext.IsFlowSuppressed()
                    ? name
                    : $"{name} in {ambient.Value}"
            );
    }

    [Fact]
    public async Task A_connection_does_not_keep_the_first_callers_values_in_memory()
    {
        await using var server = ReferenceServer.Start();
        await using var client = server.CreateClient(ClientOptions.Default);

        var value = await SendWithValueAsync(client);
        for (var collection = 0; collection < 10 && value.IsAlive; collection++)
        {
            await Task.Yield();
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.False(value.IsAlive);
        Assert.True((await client.GetTimeAsync()).IsRight);
    }

    [Fact]
    public async Task A_client_can_be_used_where_the_flow_is_suppressed()
    {
        await using var server = ReferenceServer.Start();
        await using var client = server.CreateClient(ClientOptions.Default);
        Task<LanguageExt.Either<ClientError, DateTimeOffset>> time;
        using (ExecutionContext.SuppressFlow())
        {
            time = client.GetTimeAsync();
            Assert.True(ExecutionContext.IsFlowSuppressed());
        }

        Assert.Equal(TestValues.Moment, await time);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private async Task<WeakReference> SendWithValueAsync(TinyTcpClient client)
    {
        var value = new object();
        ambient.Value = value;
        Assert.True((await client.EchoAsync("hello")).IsRight);
        return new WeakReference(value);
    }

    /// <summary>The system's clock; a timer keeps the context in which it is created, unless the flow is suppressed.</summary>
    private sealed class ContextTimeProvider(Action onTimerCreated) : TimeProvider
    {
        public override ITimer CreateTimer(
            TimerCallback callback,
            object? state,
            TimeSpan dueTime,
            TimeSpan period
        )
        {
            onTimerCreated();
            return base.CreateTimer(callback, state, dueTime, period);
        }
    }
}
