namespace TinyTcp.Systems;

/// <summary>Why a system call failed, in the three kinds that the loop tells apart.</summary>
internal enum IoErrorKind
{
    /// <summary>The peer or the network ended it: ordinary, no fault of ours.</summary>
    ConnectionLost,

    /// <summary>No descriptors, buffers or memory are left: accepting has to pause.</summary>
    Exhausted,

    /// <summary>Anything else: worth a line in the log.</summary>
    Unexpected,
}

/// <summary>A failed system call.</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="Code">The system's own number for it.</param>
/// <param name="Text">The system's own words for it.</param>
internal readonly record struct IoError(IoErrorKind Kind, int Code, string Text)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Text} ({Code})";
}
