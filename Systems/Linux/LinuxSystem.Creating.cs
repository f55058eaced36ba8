using System.Collections.Immutable;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using LanguageExt;

namespace TinyTcp.Systems.Linux;

/// <content>How systems are created: all that a server needs, or none.</content>
public readonly partial struct LinuxSystem
{
    // Each assembly that is loaded after the check keeps two; a native program has none.
    private static readonly int ForAssemblies = RuntimeFeature.IsDynamicCodeSupported ? 64 : 0;

    /// <summary>
    /// Whether the process has descriptors for so many loops and a connection. A program checks it before it handles
    /// signals, because .NET aborts where there are hardly any.
    /// </summary>
    /// <param name="count">How many loops there will be, at least 1.</param>
    /// <returns>An error of the kind <see cref="IoErrorKind.Exhausted"/>, if not.</returns>
    public static Option<IoError> CheckDescriptors(int count) =>
        DescriptorBudget.Create(count, ForAssemblies).Do(static budget => budget.Dispose()).Swap().ToOption();

    /// <summary>Opens the systems of a group; the first one accepts.</summary>
    /// <param name="count">How many loops there will be, at least 1.</param>
    /// <param name="listeners">Bound, listening and non-blocking sockets for the first system; none for a client.</param>
    /// <param name="bufferSize">Each receive buffer's size in bytes, at least 1: the most that one event reports.</param>
    /// <returns>The systems; or the error, such as too few descriptors: then nothing stays open.</returns>
    public static Either<IoError, SystemGroup<LinuxSystem>> CreateGroup(
        int count,
        ImmutableArray<Socket> listeners,
        int bufferSize
    ) =>
        DescriptorBudget
            .Create(count)
            .Bind(budget =>
                SystemGroup<LinuxSystem>.Create(
                    count,
                    budget.Remaining,
                    listeners,
                    own => Create(own, budget, bufferSize)
                )
            );

    private static Either<IoError, LinuxSystem> Create(
        ImmutableArray<Socket> listeners,
        DescriptorBudget budget,
        int bufferSize
    )
    {
        var epollDescriptor = Libc.EpollCreate(Libc.EpollCloexec);
        var eventDescriptor = epollDescriptor < 0 ? -1 : Libc.EventFd(0, Libc.EfdNonblockCloexec);
        if (eventDescriptor < 0)
        {
            // The error is read before the next call replaces it.
            var error = Errno.ToError(Errno.Last);
            return CloseAll(epollDescriptor, eventDescriptor, budget, DescriptorBudget.Explain(error));
        }

        LinuxSystem system;
        try
        {
            system = new LinuxSystem(epollDescriptor, eventDescriptor, listeners, budget, bufferSize);
        }
        catch (OutOfMemoryException)
        {
            return CloseAll(epollDescriptor, eventDescriptor, budget, Errno.OutOfMemory);
        }

        var failed = system.WatchWaker() || system.SetAccepting(enabled: true);
        if (failed.IsNone)
        {
            return system;
        }

        system.Dispose();
        return DescriptorBudget.Explain((IoError)failed);
    }

    private static IoError CloseAll(int epoll, int waker, DescriptorBudget budget, in IoError error)
    {
        _ = Libc.Close(waker);
        _ = Libc.Close(epoll);
        budget.Dispose();
        return error;
    }

    private Option<IoError> WatchWaker() =>
        epoll.Control(Libc.EpollCtlAdd, waker, Libc.EpollIn, waker, WatchKind.Waker)
            ? Option<IoError>.None
            : Errno.ToError(Errno.Last);
}
