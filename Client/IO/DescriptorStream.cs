using System.Runtime.InteropServices;
using TinyTcp.Cli.Terminals;
using TinyTcp.Systems.Linux;

namespace TinyTcp.Cli.IO;

/// <summary>
/// A standard stream, by the system's own calls. Unlike .NET's streams it reports every error as an <see cref="IOException"/>
/// with its number, changes no settings of a terminal, writes to a file at the position that processes share, and waits where
/// the descriptor is non-blocking. Linux only.
/// </summary>
/// <param name="descriptor">The descriptor, which stays open.</param>
internal sealed unsafe class DescriptorStream(int descriptor) : Stream
{
    /// <inheritdoc/>
    public override bool CanRead => descriptor == StandardStreams.Input;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => !CanRead;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        fixed (byte* first = buffer)
        {
            while (true)
            {
                var length = Libc.Read(descriptor, first, (nuint)buffer.Length);
                if (length >= 0)
                {
                    return (int)length;
                }

                WaitOrThrow();
            }
        }
    }

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        var error = StandardStreams.Write(descriptor, buffer, out _);
        error.IfSome(static failed => throw new IOException(failed.Text, failed.Code));
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override void Flush() { }

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <summary>Waits after an error of a read from a non-blocking descriptor. An interrupted call is made again.</summary>
    private void WaitOrThrow()
    {
        var error = Marshal.GetLastPInvokeError();
        if (error == Libc.EAgain)
        {
            Tty.WaitUntilReady(descriptor, Libc.PollIn, milliseconds: -1);
        }
        else if (error != Libc.EIntr)
        {
            throw new IOException(Marshal.GetPInvokeErrorMessage(error), error);
        }
    }
}
