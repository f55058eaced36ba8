using System.Runtime.InteropServices;

namespace TinyTcp.Systems.Linux;

/// <summary>The kernel's struct pollfd.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct PollEntry
{
    /// <summary>The descriptor.</summary>
    public int Descriptor;

    /// <summary>What to ask for.</summary>
    public short Events;

    /// <summary>What there is.</summary>
    public short Found;
}
