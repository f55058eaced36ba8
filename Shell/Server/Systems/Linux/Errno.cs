using System.Runtime.InteropServices;

namespace TinyTcp.Server.Systems.Linux;

/// <summary>Linux's error numbers, and which kind of fault each is.</summary>
internal static class Errno
{
    private const int Interrupted = 4; // EINTR
    private const int TryAgain = 11; // EAGAIN
    private const int NoMemory = 12; // ENOMEM
    private const int TooManyInSystem = 23; // ENFILE
    private const int TooManyInProcess = 24; // EMFILE
    private const int BrokenPipe = 32; // EPIPE
    private const int ProtocolFault = 71; // EPROTO
    private const int Aborted = 103; // ECONNABORTED
    private const int Reset = 104; // ECONNRESET
    private const int NoBuffers = 105; // ENOBUFS
    private const int NotConnected = 107; // ENOTCONN
    private const int TimedOut = 110; // ETIMEDOUT
    private const int HostUnreachable = 113; // EHOSTUNREACH
    private const int NetworkUnreachable = 101; // ENETUNREACH

    /// <summary>The error of the last call on this thread.</summary>
    internal static int Last => Marshal.GetLastPInvokeError();

    /// <summary>No connection may take a descriptor.</summary>
    internal static Fault NoDescriptor => ToFault(TooManyInProcess);

    /// <summary>The process, or the system, has no descriptors left.</summary>
    internal static bool IsNoDescriptor(int error) => error is TooManyInProcess or TooManyInSystem;

    /// <summary>A signal came first: the call is made again.</summary>
    internal static bool IsInterrupted(int error) => error == Interrupted;

    /// <summary>Nothing to do at the moment: no error.</summary>
    internal static bool IsNothingYet(int error) => error == TryAgain;

    /// <summary>The fault that an error number is.</summary>
    internal static Fault ToFault(int error) =>
        new(KindOf(error), error, Marshal.GetPInvokeErrorMessage(error));

    private static FaultKind KindOf(int error) =>
        IsLost(error) ? FaultKind.ConnectionLost
        : IsExhausted(error) ? FaultKind.Exhausted
        : FaultKind.Unexpected;

    private static bool IsLost(int error) =>
        error
            is Reset
                or Aborted
                or BrokenPipe
                or NotConnected
                or TimedOut
                or ProtocolFault
                or HostUnreachable
                or NetworkUnreachable;

    private static bool IsExhausted(int error) =>
        error is TooManyInProcess or TooManyInSystem or NoBuffers or NoMemory;
}
