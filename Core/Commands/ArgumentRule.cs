namespace TinyTcp.Core.Commands;

/// <summary>How a command treats the text after its verb.</summary>
public enum ArgumentRule : byte
{
    /// <summary>Any text is ignored (C-2).</summary>
    Ignored,

    /// <summary>A text is required (C-4).</summary>
    Required,
}
