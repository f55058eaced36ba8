using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;
using TinyTcp.Cli.Terminals;
using TinyTcp.Tests.Support;

namespace TinyTcp.Tests.EndToEnd;

/// <summary>A terminal on which a program runs, with its keys and what it shows. Linux only; takes util-linux's setsid.</summary>
internal sealed partial class PseudoTerminal : IDisposable
{
    private const nuint Unlock = 0x40045431;
    private const nuint GetNumber = 0x80045430;
    private const int PollMilliseconds = 100;

    private static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(30);

    private readonly SafeFileHandle master;
    private readonly SafeFileHandle terminal;
    private readonly Process process;
    private readonly StringBuilder shown = new();

    private PseudoTerminal(SafeFileHandle master, string path, Process process) =>
        (this.master, terminal, this.process) = (
            master,
            File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite),
            process
        );

    /// <summary>All that the program has written.</summary>
    internal string Shown => shown.ToString();

    /// <summary>How the terminal treats input and output, as bytes.</summary>
    internal byte[] Attributes
    {
        get
        {
            Span<TerminalAttributes> attributes = new TerminalAttributes[1];
            unsafe
            {
                fixed (TerminalAttributes* first = attributes)
                {
                    _ = Libc.GetAttributes((int)terminal.DangerousGetHandle(), first);
                }
            }

            return MemoryMarshal.AsBytes(attributes).ToArray();
        }
    }

    /// <summary>Starts a script of bash on a new terminal, whose signals it gets.</summary>
    internal static PseudoTerminal Start(string script, params (string Name, string Value)[] environment)
    {
        var opened = File.OpenHandle("/dev/ptmx", FileMode.Open, FileAccess.ReadWrite);
        var (descriptor, none, number) = ((int)opened.DangerousGetHandle(), 0, 0);
        _ = Ioctl(descriptor, Unlock, ref none);
        _ = Ioctl(descriptor, GetNumber, ref number);
        var path = $"/dev/pts/{number.ToString(CultureInfo.InvariantCulture)}";
        var start = new ProcessStartInfo(
            "sh",
            [
                "-c",
                $"exec env --default-signal=HUP,INT,QUIT,TSTP setsid --ctty --wait bash -c \"$0\" <>{path} >&0 2>&0",
                script,
            ]
        );
        start.Environment["TERM"] = "xterm-256color";
        Array.ForEach(environment, variable => start.Environment[variable.Name] = variable.Value);
        return new(opened, path, Process.Start(start)!);
    }

    /// <summary>Sends keys.</summary>
    internal unsafe void Type(string keys)
    {
        fixed (byte* bytes = WireBytes.Utf8(keys))
        {
            _ = Libc.Write((int)master.DangerousGetHandle(), bytes, (nuint)Encoding.UTF8.GetByteCount(keys));
        }
    }

    /// <summary>Waits until the program has written a text after the last one that was waited for.</summary>
    internal void WaitFor(string text)
    {
        var since = Stopwatch.GetTimestamp();
        while (!Shown.Contains(text, StringComparison.Ordinal))
        {
            if (Stopwatch.GetElapsedTime(since) > MaxWait)
            {
                throw new TimeoutException($"'{text}' was not shown, but '{Shown}'.");
            }

            Read();
        }
    }

    /// <summary>Waits until the script has ended.</summary>
    /// <returns>Its exit code.</returns>
    internal int WaitForExit()
    {
        var since = Stopwatch.GetTimestamp();
        while (!process.WaitForExit(TimeSpan.Zero))
        {
            if (Stopwatch.GetElapsedTime(since) > MaxWait)
            {
                throw new TimeoutException($"The program did not end; it has shown '{Shown}'.");
            }

            Read();
        }

        while (Read()) { }

        return process.ExitCode;
    }

    /// <summary>Forgets what was shown.</summary>
    internal void Clear() => shown.Clear();

    /// <summary>Closes the terminal, as a user closes its window.</summary>
    internal void Close()
    {
        terminal.Dispose();
        master.Dispose();
    }

    /// <summary>Waits until the script has ended without reading what it writes.</summary>
    internal async Task<int> WaitForExitAsync()
    {
        await process.WaitForExitAsync().WaitAsync(MaxWait);
        return process.ExitCode;
    }

    public void Dispose()
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
        }

        Close();
        process.Dispose();
    }

    /// <summary>Reads what was written, or waits a little for it.</summary>
    /// <returns>Whether there was anything.</returns>
    private unsafe bool Read()
    {
        var descriptor = (int)master.DangerousGetHandle();
        if (!Tty.WaitUntilReady(descriptor, Libc.PollIn, PollMilliseconds))
        {
            return false;
        }

        var buffer = new byte[65_536];
        int length;
        fixed (byte* first = buffer)
        {
            length = (int)Libc.Read(descriptor, first, (nuint)buffer.Length);
        }

        shown.Append(Encoding.UTF8.GetString(buffer, 0, length));
        return true;
    }

    [LibraryImport("libc", EntryPoint = "ioctl")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Ioctl(int descriptor, nuint request, ref int value);
}
