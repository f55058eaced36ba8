using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Threading.Channels;
using TinyTcp.Cli.Terminals;
using TinyTcp.Systems.Linux;

namespace TinyTcp.Cli.IO;

/// <summary>The keyboard of the process's terminal. Linux only.</summary>
[SupportedOSPlatform("linux")]
internal sealed unsafe class TerminalKeyboard : IKeyboard
{
    // A terminal sends a key's sequence at once; vim waits as long for the rest of one.
    private const int PauseMilliseconds = 100;

    private const int BufferSize = 65_536;

    private readonly Action<TerminalSignal> onSignal;
    private readonly RawMode rawMode = new();
    private readonly PosixSignalRegistration resized;
    private readonly PosixSignalRegistration continued;
    private PosixSignalRegistration stopRequested;

    internal TerminalKeyboard(Action<TerminalSignal> onSignal)
    {
        this.onSignal = onSignal;
        resized = PosixSignalRegistration.Create(PosixSignal.SIGWINCH, _ => onSignal(TerminalSignal.Resized));
        continued = PosixSignalRegistration.Create(
            PosixSignal.SIGCONT,
            context =>
            {
                // Else the runtime sets the modes of its start, perhaps after those of this class.
                context.Cancel = true;
                onSignal(TerminalSignal.Continued);
            }
        );
        stopRequested = HandleStopRequests();
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<ReadOnlyMemory<byte>> ReadAsync(CancellationToken cancellationToken)
    {
        var parts = Channel.CreateUnbounded<ReadOnlyMemory<byte>>();
        // A read cannot be cancelled: the thread ends with the process.
        new Thread(() => ReadParts(parts.Writer)) { IsBackground = true, Name = "keys" }.Start();
        return parts.Reader.ReadAllAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public void SetModes() => rawMode.Set();

    /// <inheritdoc/>
    public bool Suspend()
    {
        rawMode.Restore();
        stopRequested.Dispose();
        // The other processes of the group first. This one then stops inside the call, and not a moment later.
        var action = Libc.Signal(Libc.SigTstp, Libc.SigIgn);
        _ = Libc.Kill(0, Libc.SigTstp);
        // A thread that is still in its handler of the request has the signal blocked, so it is not ignored but pending. To
        // ignore it again discards it. Else the process is stopped twice.
        _ = Libc.Signal(Libc.SigTstp, Libc.SigIgn);
        _ = Libc.Signal(Libc.SigTstp, action);
        _ = Libc.Raise(Libc.SigTstp);
        stopRequested = HandleStopRequests();
        rawMode.Set();
        return true;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        stopRequested.Dispose();
        continued.Dispose();
        resized.Dispose();
        rawMode.Dispose();
    }

    private PosixSignalRegistration HandleStopRequests() =>
        PosixSignalRegistration.Create(
            PosixSignal.SIGTSTP,
            context =>
            {
                context.Cancel = true;
                onSignal(TerminalSignal.StopRequested);
            }
        );

    private static void ReadParts(ChannelWriter<ReadOnlyMemory<byte>> parts)
    {
        var buffer = new byte[BufferSize];
        var hasPaused = true;
        while (true)
        {
            if (!Tty.WaitUntilReady(StandardStreams.Input, Libc.PollIn, hasPaused ? -1 : PauseMilliseconds))
            {
                hasPaused = true;
                parts.TryWrite(default);
                continue;
            }

            var length = Read(buffer);
            var error = length < 0 ? Marshal.GetLastPInvokeError() : 0;
            if (length > 0)
            {
                hasPaused = false;
                parts.TryWrite(buffer.AsSpan(0, length).ToArray());
            }
            else if (error is not (Libc.EIntr or Libc.EAgain))
            {
                // 0 and EIO: the terminal is closed. In raw mode no key ends the input.
                parts.Complete(
                    error is 0 or Libc.EIo
                        ? null
                        : new InputReadException(new IOException(Marshal.GetLastPInvokeErrorMessage(), error))
                );
                return;
            }
        }
    }

    private static int Read(byte[] buffer)
    {
        fixed (byte* first = buffer)
        {
            return (int)Libc.Read(StandardStreams.Input, first, (nuint)buffer.Length);
        }
    }
}
