using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Threading.Channels;

namespace TinyTcp.Cli.IO;

/// <summary>The keyboard and the terminal of the process.</summary>
internal static class Keyboard
{
    private const string SuspendScript =
        "saved=$(stty -g); stty icrnl icanon echo iexten isig; kill -TSTP 0; stty $saved";

    /// <summary>Reads keys, including Ctrl-C, until the terminal is closed.</summary>
    internal static IAsyncEnumerable<ConsoleKeyInfo> ReadKeys(CancellationToken cancellationToken)
    {
        var keys = Channel.CreateUnbounded<ConsoleKeyInfo>();
        // Console.ReadKey cannot be cancelled: the thread ends with the process.
        new Thread(() => PumpKeys(keys.Writer)) { IsBackground = true, Name = "keys" }.Start();
        return keys.Reader.ReadAllAsync(cancellationToken);
    }

    /// <summary>Calls back when the terminal's size changes, until the result is disposed.</summary>
    internal static IDisposable OnResize(Action callback) =>
        OperatingSystem.IsWindows()
            ? Stream.Null
            : PosixSignalRegistration.Create(PosixSignal.SIGWINCH, _ => callback());

    /// <summary>
    /// Suspends the process group, as the terminal does on Ctrl-Z. The script restores the terminal's settings meanwhile,
    /// because .NET does not while it reads a key.
    /// </summary>
    /// <returns>False if no shell could be started.</returns>
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
