using System.Runtime.InteropServices;
using TinyTcp.Cli.Terminals;
using TinyTcp.Systems.Linux;

namespace TinyTcp.Cli.IO;

/// <summary>
/// The terminal's raw mode and its marks around pasted text. Whatever ends the process restores the terminal: the end of the
/// command, a signal, or an exception. Linux only.
/// </summary>
internal sealed unsafe class RawMode : IDisposable
{
    // .NET has no names for the last ones: USR1, USR2, ALRM, STKFLT, XCPU, VTALRM, PROF, IO and PWR, by Linux's numbers.
    private static readonly PosixSignal[] EndingSignals =
    [
        PosixSignal.SIGHUP,
        PosixSignal.SIGINT,
        PosixSignal.SIGQUIT,
        PosixSignal.SIGTERM,
        (PosixSignal)10,
        (PosixSignal)12,
        (PosixSignal)14,
        (PosixSignal)16,
        (PosixSignal)24,
        (PosixSignal)26,
        (PosixSignal)27,
        (PosixSignal)29,
        (PosixSignal)30,
    ];

    private readonly TerminalAttributes original;
    private readonly PosixSignalRegistration[] handlers;
    private int isSet;

    /// <summary>Sets raw mode.</summary>
    internal RawMode()
    {
        original = ReadAttributes();
        handlers =
        [
            .. EndingSignals.Select(signal => PosixSignalRegistration.Create(signal, _ => Restore())),
        ];
        AppDomain.CurrentDomain.ProcessExit += OnProcessEnd;
        AppDomain.CurrentDomain.UnhandledException += OnProcessEnd;
        Set();
    }

    /// <summary>Sets raw mode again.</summary>
    internal void Set()
    {
        Volatile.Write(ref isSet, 1);
        WriteAttributes(original.ToRaw());
        Write("\u001b[?2004h"u8);
    }

    /// <summary>Restores the terminal, once. Does not block and does not throw: the terminal may be gone.</summary>
    internal void Restore()
    {
        if (Interlocked.Exchange(ref isSet, 0) == 1)
        {
            var attributes = original;
            _ = Libc.SetAttributes(StandardStreams.Input, Libc.TcsaNow, &attributes);
            if (Tty.WaitUntilReady(StandardStreams.Output, Libc.PollOut, milliseconds: 0))
            {
                Write("\u001b[?2004l"u8);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Restore();
        AppDomain.CurrentDomain.ProcessExit -= OnProcessEnd;
        AppDomain.CurrentDomain.UnhandledException -= OnProcessEnd;
        Array.ForEach(handlers, static handler => handler.Dispose());
    }

    private void OnProcessEnd(object? sender, EventArgs happened) => Restore();

    private static TerminalAttributes ReadAttributes()
    {
        TerminalAttributes attributes;
        return Libc.GetAttributes(StandardStreams.Input, &attributes) == 0
            ? attributes
            : throw new InputReadException(LastError());
    }

    private static void WriteAttributes(TerminalAttributes attributes)
    {
        if (Libc.SetAttributes(StandardStreams.Input, Libc.TcsaNow, &attributes) != 0)
        {
            throw new InputReadException(LastError());
        }
    }

    private static IOException LastError() =>
        new(Marshal.GetLastPInvokeErrorMessage(), Marshal.GetLastPInvokeError());

    private static void Write(ReadOnlySpan<byte> sequence)
    {
        fixed (byte* first = sequence)
        {
            _ = Libc.Write(StandardStreams.Output, first, (nuint)sequence.Length);
        }
    }
}
