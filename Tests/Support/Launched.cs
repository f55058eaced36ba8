using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace TinyTcp.Tests.Support;

/// <summary>A program of ours, run as a user would run it.</summary>
internal sealed partial class Launched : IDisposable
{
    /// <summary>The server program's name.</summary>
    internal const string Server = "tinytcpd";

    /// <summary>The client program's name.</summary>
    internal const string Client = "tinytcp";

    /// <summary>Names an executable to test in place of the server that lies beside the tests, as <c>Tests/native</c> does.</summary>
    private const string ServerVariable = "TINYTCP_TEST_SERVER";

    /// <summary>The same for the client.</summary>
    private const string ClientVariable = "TINYTCP_TEST_CLIENT";

    private readonly Process process;

    private Launched(Process process) => this.process = process;

    /// <summary>The process's number.</summary>
    internal int Id => process.Id;

    internal StreamWriter Input => process.StandardInput;

    internal StreamReader Output => process.StandardOutput;

    internal StreamReader Error => process.StandardError;

    /// <summary>Whether the server is an executable that the environment names.</summary>
    internal static bool ServerIsNamed => Named(Server) is not null;

    /// <summary>Starts a program that lies beside the tests.</summary>
    internal static Launched Start(
        string program,
        IEnumerable<string> arguments,
        params (string Name, string Value)[] environment
    )
    {
        string[] command = [.. Command(program), .. arguments];
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        Array.ForEach(environment, variable => start.Environment[variable.Name] = variable.Value);
        return new Launched(Process.Start(start)!);
    }

    /// <summary>Starts a program that may have so many descriptors and no more.</summary>
    internal static Launched StartWith(int descriptors, string program, params string[] arguments) =>
        StartBy("sh", $"ulimit -n {descriptors} && exec \"$@\"", program, arguments);

    /// <summary>Starts a program that hears a signal, though this one may not.</summary>
    internal static Launched StartHearing(string signal, string program, params string[] arguments) =>
        StartBy("sh", $"exec env --default-signal={signal} \"$@\"", program, arguments);

    /// <summary>Starts a program and hands it a socket, as systemd does.</summary>
    internal static Launched StartHanded(Socket listener, string program, params string[] arguments)
    {
        Inheritance.Allow(listener);
        var script = $"exec 3<&{listener.Handle}; export LISTEN_FDS=1 LISTEN_PID=$$; exec \"$@\"";
        return StartBy("bash", script, program, arguments);
    }

    private static Launched StartBy(string shell, string script, string program, string[] arguments) =>
        new(
            Process.Start(
                new ProcessStartInfo(shell, ["-c", script, shell, .. Command(program), .. arguments])
                {
                    RedirectStandardOutput = true,
                    RedirectStandardError = true,
                    UseShellExecute = false,
                }
            )!
        );

    /// <summary>Where a server that was just started listens, as it says.</summary>
    /// <param name="hears">Gets each line that it says until then.</param>
    internal async Task<IPEndPoint> ListensOn(Action<string>? hears = null)
    {
        while (await Output.ReadLineAsync() is { } line)
        {
            hears?.Invoke(line);
            if (line.Contains("Listening on", StringComparison.Ordinal))
            {
                return IPEndPoint.Parse(Address().Match(line).Value);
            }
        }

        throw new EndOfStreamException("It ended without saying where it listens.");
    }

    /// <summary>Runs a program to its end.</summary>
    internal static async Task<(int ExitCode, string Output, string Error)> Run(
        string program,
        IEnumerable<string> arguments,
        params (string Name, string Value)[] environment
    )
    {
        using var launched = Start(program, arguments, environment);
        var output = launched.Output.ReadToEndAsync();
        var error = launched.Error.ReadToEndAsync();
        return (await launched.Exit(), await output, await error);
    }

    /// <summary>Sends it a signal, as Ctrl-C or a service manager does.</summary>
    internal void Signal(PosixSignal signal)
    {
        var name =
            signal == PosixSignal.SIGINT ? "-INT"
            : signal == PosixSignal.SIGHUP ? "-HUP"
            : signal == PosixSignal.SIGQUIT ? "-QUIT"
            : "-TERM";
        using var kill = Process.Start("kill", [name, process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    /// <summary>Waits for its end.</summary>
    internal async Task<int> Exit()
    {
        await process.WaitForExitAsync();
        return process.ExitCode;
    }

    /// <summary>The words that start a program.</summary>
    internal static IEnumerable<string> Command(string program) =>
        Named(program) is { } named
            ? [named]
            : ["dotnet", Path.Combine(AppContext.BaseDirectory, $"{program}.dll")];

    private static string? Named(string program) =>
        program == Server ? Environment.GetEnvironmentVariable(ServerVariable)
        : program == Client ? Environment.GetEnvironmentVariable(ClientVariable)
        : null;

    [GeneratedRegex(@"127\.0\.0\.1:\d+", RegexOptions.NonBacktracking)]
    private static partial Regex Address();

    /// <summary>Ends it without asking, and waits until it has ended.</summary>
    internal void Kill()
    {
        if (!process.HasExited)
        {
            process.Kill();
            process.WaitForExit();
        }
    }

    public void Dispose()
    {
        Kill();
        process.Dispose();
    }
}
