namespace TinyTcp.Core.Replies;

/// <summary>The cases of <see cref="Reply"/>.</summary>
public enum ReplyKind : byte
{
    /// <summary>The reply to QUIT.</summary>
    Bye,

    /// <summary>The reply to ECHO.</summary>
    Echo,

    /// <summary>The reply to TIME.</summary>
    Time,

    /// <summary>An error that this version knows.</summary>
    Error,

    /// <summary>An error that this version does not know.</summary>
    UnknownError,

    /// <summary>The reply to HELP.</summary>
    Help,

    /// <summary>The greeting.</summary>
    Welcome,
}
