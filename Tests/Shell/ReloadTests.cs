using System.Runtime.InteropServices;
using LanguageExt;
using TinyTcp.Core.Errors;
using TinyTcp.Core.Sessions;
using TinyTcp.Server;
using TinyTcp.Shell.Settings;
using TinyTcp.Tests.Server;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Shell;

/// <summary>Settings that are read again while the server runs.</summary>
[Trait("Category", "Program")]
public sealed class ReloadTests
{
    [Theory]
    [InlineData("max-line 100", "max-line 100", "", "")]
    [InlineData("", "max-connections 5", "max-connections", "")]
    [InlineData("max-connections 5", "", "max-connections", "")]
    [InlineData("log-level debug", "log-level error", "log-level", "")]
    [InlineData("drain-delay 1s", "drain-delay 2s,drain-timeout 3s", "drain-delay drain-timeout", "")]
    [InlineData("", "max-line 100,port 4000,log-level debug", "log-level", "port max-line")]
    public void What_changes_is_known_and_whether_it_takes_a_restart(
        string before,
        string after,
        string reloaded,
        string restart
    )
    {
        var changed = By(before).ChangesTo(By(after));
        Assert.Equal(
            (reloaded, restart),
            (string.Join(' ', changed[true]), string.Join(' ', changed[false]))
        );
    }

    [Fact]
    public async Task A_signal_has_the_settings_read_again_and_the_server_goes_on()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        // Whoever runs the tests may ignore the signal (nohup), and so would all who are started.
        using var launched = Launched.StartHearing("HUP", Launched.Server, "--port", "0");
        var endPoint = await launched.ListensOn();
        launched.Signal(PosixSignal.SIGHUP);
        Assert.EndsWith(
            "Settings read again; changed: nothing; to be changed by a restart: nothing",
            await launched.Output.ReadLineAsync(),
            StringComparison.Ordinal
        );
        Assert.Equal($"{Simulation.Greeting}BYE\n", await Socketry.Visit(endPoint, "QUIT\n"));
    }

    [Fact]
    public async Task A_server_that_runs_takes_more_connections_when_told_so()
    {
        var limits = Some.With(Limits.Default, "max-connections", 1);
        await using var server = Socketry.Start(Socketry.Portable, limits);
        using var first = await Socketry.Connect(server);
        Assert.Equal(Simulation.Greeting, await first.Read(Simulation.Greeting.Length));
        Assert.Equal(WireBytes.Line(ErrorCode.ServerBusy), await Socketry.Visit(server, ""));

        server.Reload(new ServerOptions { Limits = Some.With(limits, "max-connections", 2) });
        Assert.Equal($"{Simulation.Greeting}BYE\n", await Socketry.Visit(server, "QUIT\n"));
    }

    /// <summary>What the program was told by texts such as "max-line 100,port 4000".</summary>
    private static LoadedSettings By(string texts)
    {
        var given = texts
            .Split(',', StringSplitOptions.RemoveEmptyEntries)
            .Select(static text => text.Split(' '))
            .ToDictionary(static words => words[0], static words => words[1], StringComparer.Ordinal);
        Option<string> Text(Setting setting) => Prelude.Optional(given.GetValueOrDefault(setting.Name));
        return Some.Right(LoadedSettings.Load(() => new SettingsReader(Text, Nothing, Nothing)));
    }

    private static Option<string> Nothing(Setting setting) => Option<string>.None;
}
