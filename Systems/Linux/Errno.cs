using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace TinyTcp.Systems.Linux;

/// <summary>Linux's error numbers and what they mean.</summary>
internal static class Errno
{
    private const int NoEntry = 2; // ENOENT
    private const int Interrupted = 4; // EINTR
    private const int BadDescriptor = 9; // EBADF
    private const int TryAgain = 11; // EAGAIN
    private const int NoMemory = 12; // ENOMEM
    private const int PermissionDenied = 13; // EACCES
    private const int InvalidArgument = 22; // EINVAL
    private const int TooManyInSystem = 23; // ENFILE
    private const int TooManyInProcess = 24; // EMFILE
    private const int BrokenPipe = 32; // EPIPE
    private const int ProtocolError = 71; // EPROTO
    private const int NotSocket = 88; // ENOTSOCK
    private const int AddressNotAvailable = 99; // EADDRNOTAVAIL
    private const int Aborted = 103; // ECONNABORTED
    private const int Reset = 104; // ECONNRESET
    private const int NoBuffers = 105; // ENOBUFS
    private const int NotConnected = 107; // ENOTCONN
    private const int TimedOut = 110; // ETIMEDOUT
    private const int Refused = 111; // ECONNREFUSED
    private const int InProgress = 115; // EINPROGRESS
    private const int HostUnreachable = 113; // EHOSTUNREACH
    private const int NetworkUnreachable = 101; // ENETUNREACH

    /// <summary>The error of the last call on this thread.</summary>
    internal static int Last => Marshal.GetLastPInvokeError();

    /// <summary>The error where a descriptor is lacking (EMFILE).</summary>
    internal static IoError TooManyOpenFiles => ToError(TooManyInProcess);

    /// <summary>The error where a descriptor is closed (EBADF).</summary>
    internal static IoError NotOpen => ToError(BadDescriptor);

    /// <summary>The error where memory is lacking (ENOMEM).</summary>
    internal static IoError OutOfMemory => ToError(NoMemory);

    /// <summary>Whether the process or the system has no descriptors left.</summary>
    internal static bool IsTooManyOpenFiles(int error) => error is TooManyInProcess or TooManyInSystem;

    /// <summary>Whether a signal interrupted the call. The call is made again.</summary>
    internal static bool IsInterrupted(int error) => error == Interrupted;

    /// <summary>Whether the call would have blocked. That is no failure.</summary>
    internal static bool IsWouldBlock(int error) => error == TryAgain;

    /// <summary>Whether a connect goes on, perhaps after a signal. That is no failure.</summary>
    internal static bool IsInProgress(int error) => error is InProgress or Interrupted;

    /// <summary>The error that an errno is.</summary>
    internal static IoError ToError(int error) =>
        new(KindOf(error), error, Marshal.GetPInvokeErrorMessage(error), SocketErrorOf(error));

    private static SocketError SocketErrorOf(int error) =>
        error switch
        {
            Refused => SocketError.ConnectionRefused,
            TimedOut => SocketError.TimedOut,
            HostUnreachable => SocketError.HostUnreachable,
            NetworkUnreachable => SocketError.NetworkUnreachable,
            NoEntry or AddressNotAvailable => SocketError.AddressNotAvailable,
            PermissionDenied => SocketError.AccessDenied,
            TooManyInProcess or TooManyInSystem => SocketError.TooManyOpenSockets,
            NoBuffers or NoMemory => SocketError.NoBufferSpaceAvailable,
            TryAgain => SocketError.WouldBlock,
            Aborted => SocketError.ConnectionAborted,
            Reset => SocketError.ConnectionReset,
            InvalidArgument => SocketError.InvalidArgument,
            NotSocket => SocketError.NotSocket,
            _ => SocketError.SocketError,
        };

    private static IoErrorKind KindOf(int error) =>
        IsLost(error) ? IoErrorKind.ConnectionLost
        : IsExhausted(error) ? IoErrorKind.Exhausted
        : IoErrorKind.Unexpected;

    private static bool IsLost(int error) =>
        error
            is Reset
                or Aborted
                or BrokenPipe
                or NotConnected
                or TimedOut
                or Refused
                or ProtocolError
                or HostUnreachable
                or NetworkUnreachable;

    private static bool IsExhausted(int error) =>
        error is TooManyInProcess or TooManyInSystem or NoBuffers or NoMemory;
}
