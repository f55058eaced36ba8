using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text;
using LanguageExt;
using Microsoft.Extensions.Logging.Abstractions;
using TinyTcp.Server;
using TinyTcp.Shell;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Shell;

/// <summary><c>--port-file</c>.</summary>
[Trait("Category", "Program")]
public sealed class PortFileTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("tinytcp");

    private string FilePath => Path.Combine(folder.FullName, "port");

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_file_has_the_port_when_the_server_is_ready_and_is_removed_at_its_end(bool exists)
    {
        if (exists)
        {
            await File.WriteAllTextAsync(FilePath, "a longer text of a server that was killed");
        }

        using var systemd = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        var notify = Path.Combine(folder.FullName, "notify");
        systemd.Bind(new UnixDomainSocketEndPoint(notify));
        using var server = ProgramProcess.Start(
            ProgramProcess.Server,
            ["--port", "0", "--port-file", FilePath],
            ("NOTIFY_SOCKET", notify)
        );
        var ready = new byte[100];
        var length = await systemd.ReceiveAsync(ready).WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal("READY=1", Encoding.ASCII.GetString(ready, 0, length));
        Assert.Equal([notify, FilePath], Directory.GetFiles(folder.FullName).Order(StringComparer.Ordinal));
        var port = (await server.ReadEndPoint()).Port;
        Assert.Equal(
            $"{port.ToString(CultureInfo.InvariantCulture)}\n",
            await File.ReadAllTextAsync(FilePath)
        );

        server.Signal(PosixSignal.SIGTERM);
        Assert.Equal(0, await server.WaitForExit());
        Assert.False(File.Exists(FilePath));
    }

    [Fact]
    public async Task A_file_that_cannot_be_written_ends_the_start_with_exit_code_3()
    {
        var path = Path.Combine(folder.FullName, "nowhere", "port");
        var (exitCode, _, error) = await ProgramProcess.Run(
            ProgramProcess.Server,
            ["--port", "0", "--port-file", path]
        );
        Assert.Equal(3, exitCode);
        Assert.StartsWith(
            $"tinytcpd: Cannot start: cannot write the port file '{path}'. Could not find",
            error,
            StringComparison.Ordinal
        );
        Assert.EndsWith(
            "Give --port-file a path that this user can write.\n",
            error,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("folder")]
    [InlineData("pipe")]
    [InlineData("link")]
    public async Task Something_else_in_place_of_the_file_is_an_error_and_stays(string kind)
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        if (kind == "folder")
        {
            Directory.CreateDirectory(FilePath);
        }
        else if (kind == "pipe")
        {
            NamedPipe.Create(FilePath);
        }
        else
        {
            File.CreateSymbolicLink(FilePath, Path.Combine(folder.FullName, "absent"));
        }

        var attributes = File.GetAttributes(FilePath);
        var service = new TinyTcpService(
            new ServerOptions { EndPoint = new IPEndPoint(IPAddress.Loopback, 0), Threads = 1 },
            TimeProvider.System,
            NullLogger<TinyServer>.Instance
        );
        await service.StartAsync(CancellationToken.None);
        var portFile = new PortFile(FilePath, service);
        var exception = await Assert.ThrowsAsync<IOException>(() =>
            portFile.StartAsync(CancellationToken.None)
        );
        Assert.Contains("It is not a regular file.", exception.Message, StringComparison.Ordinal);
        Assert.Equal(Option<string>.None, portFile.Remove());
        Assert.Equal(attributes, File.GetAttributes(FilePath));
        Assert.Single(folder.GetFileSystemInfos());
        await service.StopAsync(CancellationToken.None);
        service.Dispose();
    }

    [Fact]
    public async Task A_name_that_reverses_text_is_escaped_in_a_JSON_log()
    {
        using var server = ProgramProcess.Start(
            ProgramProcess.Server,
            ["--port", "0", "--log-format", "json", "--port-file", $"{FilePath}\u202E"]
        );
        var line = await server.Output.ReadLineAsync() ?? "";
        Assert.Contains(@"\u202E", line, StringComparison.Ordinal);
        Assert.DoesNotContain('\u202E', line);
    }

    [Fact]
    public async Task A_file_that_another_server_has_replaced_is_not_removed()
    {
        var service = new TinyTcpService(
            new ServerOptions { EndPoint = new IPEndPoint(IPAddress.Loopback, 0), Threads = 1 },
            TimeProvider.System,
            NullLogger<TinyServer>.Instance
        );
        await service.StartAsync(CancellationToken.None);
        var portFile = new PortFile(FilePath, service);
        await portFile.StartAsync(CancellationToken.None);
        await File.WriteAllTextAsync(FilePath, "1\n");
        Assert.Equal(Option<string>.None, portFile.Remove());
        Assert.Equal("1\n", await File.ReadAllTextAsync(FilePath));
        await service.StopAsync(CancellationToken.None);
        service.Dispose();
    }

    public void Dispose() => folder.Delete(recursive: true);
}
