using System.Diagnostics;
using LanguageExt;
using TinyTcp.Shell;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Shell;

/// <summary>The machine's time zone, in every form that TZ may have.</summary>
[Trait("Category", "Program")]
public sealed class TimeZoneTests
{
    private const string Folder = "/usr/share/zoneinfo";
    private const string Warning = "Using UTC.";

    [Theory]
    [InlineData("")]
    [InlineData("CST-8")]
    [InlineData("<+0530>-5:30")]
    [InlineData("NST3:30NDT,M3.2.0,M11.1.0")]
    [InlineData("AEST-10AEDT,M10.1.0,M4.1.0/3")]
    [InlineData("IST-1GMT0,M10.5.0,M3.5.0/1")]
    [InlineData("Asia/Kathmandu")]
    [InlineData(":Asia/Kathmandu")]
    [InlineData($"{Folder}/Asia/Kathmandu")]
    [InlineData($":{Folder}/Asia/Kathmandu")]
    public async Task The_offset_of_TIME_is_that_of_date(string zone)
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        var (time, log) = await AskTime(zone);
        Assert.EndsWith(await OffsetOfDate(zone), time, StringComparison.Ordinal);
        Assert.DoesNotContain(Warning, log, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Mars/Base", "TZ=Mars/Base is neither a zone of this machine nor a rule such as CST-8")]
    [InlineData("/dev/zero", "/dev/zero is not a regular file")]
    [InlineData("/dev", "/dev is not a regular file")]
    [InlineData("/etc/passwd", "/etc/passwd is not a zone file")]
    [InlineData("XXX-20", "The machine's time zone is more than 14 hours from UTC")]
    public async Task A_zone_that_cannot_be_read_is_logged_and_UTC_is_used(string zone, string problem)
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        var (time, log) = await AskTime(zone);
        Assert.EndsWith("+00:00", time, StringComparison.Ordinal);
        Assert.Contains($" warning: {problem}", log, StringComparison.Ordinal);
        Assert.Contains(Warning, log, StringComparison.Ordinal);
    }

    [Fact]
    public void A_pipe_is_not_opened()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        var folder = Directory.CreateTempSubdirectory();
        NamedPipe.Create(Path.Combine(folder.FullName, "Zone"));
        var problem = MachineTimeZone.FindProblem("Zone", folder.FullName);
        folder.Delete(recursive: true);
        Assert.EndsWith("/Zone is not a regular file", TestValues.Given(problem), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("UTC")]
    [InlineData("GMT")]
    [InlineData("")]
    [InlineData(":")]
    [InlineData("CST-8")]
    public void Without_zone_files_UTC_and_rules_are_known(string zone) =>
        Assert.Equal(Option<string>.None, MachineTimeZone.FindProblem(zone, "/nonexistent"));

    private static async Task<(string Time, string Log)> AskTime(string zone)
    {
        var log = new List<string>();
        using var server = ProgramProcess.Start(ProgramProcess.Server, ["--port", "0"], ("TZ", zone));
        var endPoint = await server.ReadEndPoint(log.Add);
        var replies = await Loopback.Exchange(endPoint, "TIME\nQUIT\n");
        server.Signal(System.Runtime.InteropServices.PosixSignal.SIGTERM);
        Assert.Equal(0, await server.WaitForExit());
        log.Add(await server.Output.ReadToEndAsync());
        return (replies.Split('\n')[1], string.Join('\n', log));
    }

    private static async Task<string> OffsetOfDate(string zone)
    {
        var start = new ProcessStartInfo("date", ["+%:z"])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        start.Environment["TZ"] = zone;
        using var date = Process.Start(start)!;
        return (await date.StandardOutput.ReadToEndAsync()).Trim();
    }
}
