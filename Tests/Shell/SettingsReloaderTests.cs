using System.Runtime.InteropServices;
using LanguageExt;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using TinyTcp.Core.Errors;
using TinyTcp.Core.Sessions;
using TinyTcp.Server;
using TinyTcp.Shell;
using TinyTcp.Shell.Logging;
using TinyTcp.Shell.Settings;
using TinyTcp.Tests.Server;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Shell;

/// <summary>Settings reloaded while the server runs.</summary>
[Trait("Category", "Program")]
public sealed class SettingsReloaderTests
{
    [Theory]
    [InlineData("max-line 100", "max-line 100", "", "")]
    [InlineData("", "max-connections 5", "max-connections", "")]
    [InlineData("max-connections 5", "", "max-connections", "")]
    [InlineData("log-level debug", "log-level error", "log-level", "")]
    [InlineData("drain-delay 1s", "drain-delay 2s,drain-timeout 3s", "drain-delay drain-timeout", "")]
    [InlineData("", "max-line 100,port 4000,log-level debug", "log-level", "port max-line")]
    public void Changed_settings_are_listed_by_whether_they_need_a_restart(
        string before,
        string after,
        string reloaded,
        string restart
    )
    {
        var changes = Load(before).ChangesTo(Load(after));
        Assert.Equal(
            (reloaded, restart),
            (string.Join(' ', changes[true]), string.Join(' ', changes[false]))
        );
    }

    [Fact]
    public async Task SIGHUP_reloads_the_settings_and_the_server_keeps_serving()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        // This process may ignore the signal (nohup), and child processes inherit that.
        using var server = ProgramProcess.StartWithSignal("HUP", ProgramProcess.Server, "--port", "0");
        var endPoint = await server.ReadEndPoint();
        server.Signal(PosixSignal.SIGHUP);
        Assert.EndsWith(
            "Settings reloaded. Changed: none. Restart needed for: none.",
            await server.Output.ReadLineAsync(),
            StringComparison.Ordinal
        );
        Assert.Equal($"{Simulation.Greeting}BYE\n", await Loopback.Exchange(endPoint, "QUIT\n"));
    }

    [Fact]
    public async Task A_running_server_applies_a_higher_max_connections()
    {
        var limits = TestValues.With(Limits.Default, "max-connections", 1);
        await using var server = Loopback.Start(Loopback.Portable, limits);
        using var first = await Loopback.Connect(server);
        Assert.Equal(Simulation.Greeting, await first.Read(Simulation.Greeting.Length));
        Assert.Equal(WireBytes.Line(ErrorCode.ServerBusy), await Loopback.Exchange(server, ""));

        server.Reload(new ServerOptions { Limits = TestValues.With(limits, "max-connections", 2) });
        Assert.Equal($"{Simulation.Greeting}BYE\n", await Loopback.Exchange(server, "QUIT\n"));
    }

    [Fact]
    public void A_reload_waits_until_the_previous_one_has_ended()
    {
        var (inside, overlaps) = (0, 0);
        SettingsReloader? reloader = null;
        var second = new Thread(() => reloader!.Reload());
        void ReloadServer(ServerOptions options)
        {
            overlaps += Interlocked.Increment(ref inside) > 1 ? 1 : 0;
            if (second.ThreadState == ThreadState.Unstarted)
            {
                second.Start();
                SpinWait.SpinUntil(() =>
                    second.ThreadState is ThreadState.WaitSleepJoin or ThreadState.Stopped
                );
            }

            Interlocked.Decrement(ref inside);
        }

        using var created = new SettingsReloader(
            Load(""),
            new LevelSwitch(LogLevel.Information),
            ReloadServer,
            NullLogger.Instance
        );
        reloader = created;
        reloader.Reload();
        second.Join();
        Assert.Equal(0, overlaps);
    }

    [Fact]
    public void Of_many_reloads_at_once_one_runs_and_one_waits()
    {
        using var released = new ManualResetEventSlim();
        using var isInside = new ManualResetEventSlim();
        var count = 0;
        using var reloader = new SettingsReloader(
            Load(""),
            new LevelSwitch(LogLevel.Information),
            _ =>
            {
                count++;
                isInside.Set();
                released.Wait();
            },
            NullLogger.Instance
        );
        var threads = Enumerable.Range(0, 20).Select(_ => new Thread(reloader.Reload)).ToList();
        threads[0].Start();
        isInside.Wait();
        threads.Skip(1).ToList().ForEach(static thread => thread.Start());
        var others = threads.Skip(1).ToList();
        SpinWait.SpinUntil(
            () => others.Count(static thread => thread.IsAlive) == 1,
            TimeSpan.FromSeconds(30)
        );
        released.Set();
        threads.ForEach(static thread => thread.Join());
        Assert.Equal(2, count);
    }

    [Fact]
    public void Settings_reloaded_before_the_server_has_started_are_applied_after_it()
    {
        var texts = "max-connections 1";
        var hasStarted = false;
        var applied = 0;
        using var reloader = new SettingsReloader(
            LoadFrom(() => texts),
            new LevelSwitch(LogLevel.Information),
            options => applied = hasStarted ? options.Limits.MaxConnections : 0,
            NullLogger.Instance
        );
        texts = "max-connections 2";
        reloader.Reload();
        hasStarted = true;
        reloader.ApplyCurrent();
        Assert.Equal(2, applied);
    }

    /// <summary>Loads settings from a text such as "max-line 100,port 4000".</summary>
    private static LoadedSettings Load(string texts) => LoadFrom(() => texts);

    private static LoadedSettings LoadFrom(Func<string> texts) =>
        TestValues.Right(
            LoadedSettings.Load(() => new SettingsReader(ValuesOf(texts()), Nothing, SettingsFile.None))
        );

    private static Func<Setting, Option<string>> ValuesOf(string texts)
    {
        var values = texts
            .Split(',', StringSplitOptions.RemoveEmptyEntries)
            .Select(static text => text.Split(' '))
            .ToDictionary(static pair => pair[0], static pair => pair[1], StringComparer.Ordinal);
        return setting => Prelude.Optional(values.GetValueOrDefault(setting.Name));
    }

    private static Option<string> Nothing(Setting setting) => Option<string>.None;
}
