using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace TinyTcp.Tests.Support;

/// <summary>A program of ours, run as a user would run it.</summary>
internal sealed class Launched : IDisposable
{
    private readonly Process process;

    private Launched(Process process) => this.process = process;

    internal StreamReader Output => process.StandardOutput;

    internal StreamReader Error => process.StandardError;

    /// <summary>Starts a program that lies beside the tests.</summary>
    internal static Launched Start(
        string program,
        IEnumerable<string> arguments,
        params (string Name, string Value)[] environment
    )
    {
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, $"{program}.dll"));
        arguments.ToList().ForEach(start.ArgumentList.Add);
        Array.ForEach(environment, variable => start.Environment[variable.Name] = variable.Value);
        return new Launched(Process.Start(start)!);
    }

    /// <summary>Starts a program that may have so many descriptors and no more.</summary>
    internal static Launched StartWith(int descriptors, string program, params string[] arguments)
    {
        string[] command = [Path.Combine(AppContext.BaseDirectory, $"{program}.dll"), .. arguments];
        var start = new ProcessStartInfo("sh") { RedirectStandardOutput = true, UseShellExecute = false };
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add($"ulimit -n {descriptors} && exec dotnet \"$@\"");
        start.ArgumentList.Add("sh");
        command.ToList().ForEach(start.ArgumentList.Add);
        return new Launched(Process.Start(start)!);
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
        var name = signal == PosixSignal.SIGINT ? "-INT" : "-TERM";
        using var kill = Process.Start("kill", [name, process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    /// <summary>Waits for its end.</summary>
    internal async Task<int> Exit()
    {
        await process.WaitForExitAsync();
        return process.ExitCode;
    }

    public void Dispose()
    {
        if (!process.HasExited)
        {
            process.Kill();
        }

        process.Dispose();
    }
}
