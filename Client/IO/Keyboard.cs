using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Threading.Channels;

namespace TinyTcp.Cli.IO;

/// <summary>The process's own keys: the one impure part of reading them.</summary>
internal static class Keyboard
{
    private const string SuspendScript =
        "kept=$(stty -g); stty icrnl icanon echo iexten isig; kill -TSTP 0; stty $kept";

    /// <summary>Keys as they are pressed, Ctrl-C among them, until the terminal is gone.</summary>
    internal static IAsyncEnumerable<ConsoleKeyInfo> ReadKeys(CancellationToken cancellationToken)
    {
        var keys = Channel.CreateUnbounded<ConsoleKeyInfo>();
        // A read of a key cannot be given up: the thread ends with the process.
        new Thread(() => PumpKeys(keys.Writer)) { IsBackground = true, Name = "keys" }.Start();
        return keys.Reader.ReadAllAsync(cancellationToken);
    }

    /// <summary>Calls when the terminal has another size, until it is disposed.</summary>
    internal static IDisposable OnResize(Action callback) =>
        OperatingSystem.IsWindows()
            ? Stream.Null
            : PosixSignalRegistration.Create(PosixSignal.SIGWINCH, _ => callback());

    /// <summary>
    /// Does what Ctrl-Z does where a terminal sees to it: all that was started together stops. As a key is being read, .NET
    /// does not give the terminal back; not every shell takes it back.
    /// </summary>
    /// <returns>False where it cannot.</returns>
    internal static bool Suspend()
    {
        try
        {
            using var child = Process.Start("/bin/sh", ["-c", SuspendScript]);
            child.WaitForExit();
            return true;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }

    private static void PumpKeys(ChannelWriter<ConsoleKeyInfo> keys)
    {
        try
        {
            Console.TreatControlCAsInput = true;
            for (
                var info = Console.ReadKey(intercept: true);
                info != default;
                info = Console.ReadKey(intercept: true)
            )
            {
                keys.TryWrite(info);
            }

            keys.Complete();
        }
        catch (Exception failed) when (failed is IOException or InvalidOperationException)
        {
            keys.Complete(new InputReadException(failed));
        }
    }
}
