using LanguageExt;

namespace TinyTcp.Systems.Linux;

/// <summary>The standard streams of a program: descriptors 0 to 2, which its parent may have closed or limited. Linux only.</summary>
public static unsafe class StandardStreams
{
    /// <summary>Standard input.</summary>
    public const int Input = 0;

    /// <summary>Standard output.</summary>
    public const int Output = 1;

    /// <summary>Standard error.</summary>
    public const int Error = 2;

    // By descriptor: whether the stream was closed, so that the number is free, or of one of .NET's own files.
    private static readonly bool[] IsClosed = new bool[Error + 1];

    /// <summary>
    /// Call it first in a program. Where a stream was closed, it starts the program again with one that cannot be read or
    /// written: else .NET's own files, sockets or code get the number, and output would go there. Where it cannot start the
    /// program again (there is no /dev/null or /proc), it remembers the stream, and writes to it fail. It ignores SIGPIPE and
    /// SIGXFSZ: a write to a closed pipe, or beyond the limit on a file's size, fails and does not end the process.
    /// </summary>
    public static void Prepare()
    {
        _ = Libc.Signal(Libc.SigPipe, Libc.SigIgnore);
        _ = Libc.Signal(Libc.SigFileSize, Libc.SigIgnore);
        for (var descriptor = Input; descriptor <= Error; descriptor++)
        {
            IsClosed[descriptor] = WasClosed(descriptor);
        }

        if (
            IsClosed.Contains(true)
            && ProgramRestart.IsPossible
            && TryOpen(Input)
            && TryOpen(Output)
            && TryOpen(Error)
        )
        {
            ProgramRestart.Execute();
        }
    }

    /// <summary>Writes to a stream. Blocks while the reader does not read, also if the descriptor is non-blocking.</summary>
    /// <param name="descriptor"><see cref="Output"/> or <see cref="Error"/>.</param>
    /// <param name="bytes">What to write.</param>
    /// <param name="written">How many bytes were written: all, unless there is an error.</param>
    /// <returns>Why the rest could not be written.</returns>
    public static Option<IoError> Write(int descriptor, ReadOnlySpan<byte> bytes, out int written)
    {
        written = 0;
        if (descriptor <= Error && IsClosed[descriptor])
        {
            return Errno.NotOpen;
        }

        fixed (byte* at = bytes)
        {
            while (written < bytes.Length)
            {
                var count = Libc.Write(descriptor, at + written, (nuint)(bytes.Length - written));
                var error = count < 0 ? Errno.Last : 0;
                written += (int)Math.Max(count, 0);
                if (Errno.IsWouldBlock(error))
                {
                    WaitUntilWritable(descriptor);
                }
                else if (error != 0 && !Errno.IsInterrupted(error))
                {
                    return Errno.ToError(error);
                }
            }
        }

        return Option<IoError>.None;
    }

    /// <summary>Whether a descriptor is closed, or a file that was opened after exec: exec would have closed it.</summary>
    private static bool WasClosed(int descriptor)
    {
        var flags = Libc.Fcntl(descriptor, Libc.FGetFd, 0);
        return flags < 0 || (flags & Libc.FdCloexec) != 0;
    }

    /// <summary>Opens the null device in the direction in which the stream is not used, if it was closed.</summary>
    private static bool TryOpen(int descriptor)
    {
        if (!WasClosed(descriptor))
        {
            return true;
        }

        var opened = Libc.Open("/dev/null", descriptor == Input ? Libc.OWriteOnly : Libc.OReadOnly);
        if (opened >= 0 && opened != descriptor)
        {
            _ = Libc.Duplicate(opened, descriptor);
            _ = Libc.Close(opened);
        }

        return opened >= 0;
    }

    private static void WaitUntilWritable(int descriptor)
    {
        var entry = new PollEntry { Descriptor = descriptor, Events = Libc.PollOut };
        _ = Libc.Poll(&entry, 1, -1);
    }
}
