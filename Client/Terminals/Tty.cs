using System.Runtime.InteropServices;

namespace TinyTcp.Cli.Terminals;

/// <summary>Terminals, and descriptors that may be terminals. Linux only.</summary>
internal static class Tty
{
    /// <summary>The size of a terminal in characters; 0 where it is unknown.</summary>
    internal static WindowSize WindowSizeOf(int descriptor) =>
        Libc.Ioctl(descriptor, Libc.TiocGWinSz, out var size) == 0 ? size : default;

    /// <summary>Whether a descriptor is a terminal, even one that was closed meanwhile.</summary>
    internal static bool IsOrWasTerminal(int descriptor) =>
        Libc.Ioctl(descriptor, Libc.TiocGWinSz, out _) == 0 || IsClosedTerminal(descriptor);

    /// <summary>Whether a descriptor is a terminal that was closed: a modem hung up, or a window was closed.</summary>
    internal static bool IsClosedTerminal(int descriptor) =>
        Libc.Ioctl(descriptor, Libc.TiocGWinSz, out _) < 0 && Marshal.GetLastPInvokeError() == Libc.EIo;

    /// <summary>Waits until a descriptor can be read or written.</summary>
    /// <param name="descriptor">The descriptor.</param>
    /// <param name="events"><see cref="Libc.PollIn"/> or <see cref="Libc.PollOut"/>.</param>
    /// <param name="milliseconds">The maximum wait; -1 for no maximum.</param>
    /// <returns>Whether it can, or whether it has failed, which the next call reports.</returns>
    internal static bool WaitUntilReady(int descriptor, short events, int milliseconds)
    {
        var polled = new Libc.PolledDescriptor(descriptor, events);
        int count;
        do
        {
            count = Libc.Poll(ref polled, 1, milliseconds);
        } while (count < 0 && Marshal.GetLastPInvokeError() == Libc.EIntr);

        return count != 0;
    }

    /// <summary>The system's struct winsize.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal readonly record struct WindowSize
    {
        private readonly ushort rows;
        private readonly ushort columns;
        private readonly ushort width;
        private readonly ushort height;

        internal int Rows => rows;

        internal int Columns => columns;
    }
}
