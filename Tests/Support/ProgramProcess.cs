using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace TinyTcp.Tests.Support;

/// <summary>A program, run as a process.</summary>
internal sealed partial class ProgramProcess : IDisposable
{
    /// <summary>The server program's name.</summary>
    internal const string Server = "tinytcpd";

    /// <summary>The client program's name.</summary>
    internal const string Client = "tinytcp";

    /// <summary>
    /// This environment variable, which <c>Tests/native</c> sets, is the path of the server to test. Without it the
    /// tests run the server that is built next to them.
    /// </summary>
    private const string ServerVariable = "TINYTCP_TEST_SERVER";

    /// <summary>The same for the client.</summary>
    private const string ClientVariable = "TINYTCP_TEST_CLIENT";

    private readonly Process process;

    private ProgramProcess(Process process) => this.process = process;

    /// <summary>The process id.</summary>
    internal int Id => process.Id;

    internal StreamWriter Input => process.StandardInput;

    internal StreamReader Output => process.StandardOutput;

    internal StreamReader Error => process.StandardError;

    /// <summary>Whether an environment variable overrides the path of the server.</summary>
    internal static bool IsServerOverridden => OverrideOf(Server) is not null;

    /// <summary>Starts a program, with its standard streams redirected.</summary>
    internal static ProgramProcess Start(
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
        return new ProgramProcess(Process.Start(start)!);
    }

    /// <summary>Starts a program with a limit of open files.</summary>
    internal static ProgramProcess StartWithDescriptors(
        int descriptors,
        string program,
        params string[] arguments
    ) => StartInShell("sh", $"ulimit -n {descriptors} && exec \"$@\"", program, arguments);

    /// <summary>Starts a program that does not ignore a signal, even if this process does.</summary>
    internal static ProgramProcess StartWithSignal(
        string signal,
        string program,
        params string[] arguments
    ) => StartInShell("sh", $"exec env --default-signal={signal} \"$@\"", program, arguments);

    /// <summary>Starts a program and passes it a socket, as systemd does.</summary>
    internal static ProgramProcess StartWithSocket(Socket listener, string program, params string[] arguments)
    {
        DescriptorInheritance.Allow(listener);
        var script = $"exec 3<&{listener.Handle}; export LISTEN_FDS=1 LISTEN_PID=$$; exec \"$@\"";
        return StartInShell("bash", script, program, arguments);
    }

    private static ProgramProcess StartInShell(
        string shell,
        string script,
        string program,
        string[] arguments
    ) =>
        new(
            Process.Start(
                new ProcessStartInfo(shell, ["-c", script, shell, .. Command(program), .. arguments])
                {
                    RedirectStandardInput = true,
                    RedirectStandardOutput = true,
                    RedirectStandardError = true,
                    UseShellExecute = false,
                }
            )!
        );

    /// <summary>Reads the end point that a server listens on from its log.</summary>
    /// <param name="onLine">Called with each line of the log up to that one.</param>
    internal async Task<IPEndPoint> ReadEndPoint(Action<string>? onLine = null)
    {
        while (await Output.ReadLineAsync() is { } line)
        {
            onLine?.Invoke(line);
            if (line.Contains("Listening on", StringComparison.Ordinal))
            {
                return IPEndPoint.Parse(Address().Match(line).Value);
            }
        }

        throw new EndOfStreamException("The server ended before it logged its end point.");
    }

    /// <summary>Runs a program until it exits, with an empty standard input.</summary>
    internal static async Task<(int ExitCode, string Output, string Error)> Run(
        string program,
        IEnumerable<string> arguments,
        params (string Name, string Value)[] environment
    )
    {
        using var child = Start(program, arguments, environment);
        child.Input.Close();
        var output = child.Output.ReadToEndAsync();
        var error = child.Error.ReadToEndAsync();
        return (await child.WaitForExit(), await output, await error);
    }

    /// <summary>Runs a script until it exits, with an empty standard input.</summary>
    internal static Task<(int ExitCode, string Output, string Error)> RunScript(
        string shell,
        string script
    ) => Run(shell, ["-c", script]);

    /// <summary>Sends a signal.</summary>
    internal void Signal(PosixSignal signal) =>
        Send(
            signal switch
            {
                PosixSignal.SIGHUP => 1,
                PosixSignal.SIGINT => 2,
                PosixSignal.SIGQUIT => 3,
                _ => 15,
            }
        );

    /// <summary>Stops all threads of the process (SIGSTOP) until <see cref="Continue"/>.</summary>
    internal void Pause() => Send(19);

    /// <summary>Lets a paused process continue.</summary>
    internal void Continue() => Send(18);

    // Without a program in between, whose start takes seconds on a busy machine.
    private void Send(int signal) => _ = Kill(process.Id, signal);

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Kill(int process, int signal);

    /// <summary>Waits until the process exits.</summary>
    internal async Task<int> WaitForExit()
    {
        await process.WaitForExitAsync();
        return process.ExitCode;
    }

    /// <summary>The command line that starts a program: one of this project, or another.</summary>
    internal static IEnumerable<string> Command(string program) =>
        program is not (Server or Client) ? [program]
        : OverrideOf(program) is { } path ? [path]
        : ["dotnet", Path.Combine(AppContext.BaseDirectory, $"{program}.dll")];

    private static string? OverrideOf(string program) =>
        Environment.GetEnvironmentVariable(program == Server ? ServerVariable : ClientVariable);

    [GeneratedRegex(@"127\.0\.0\.1:\d+", RegexOptions.NonBacktracking)]
    private static partial Regex Address();

    /// <summary>Kills the process and waits until it has exited.</summary>
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
