using System.Runtime.Versioning;

namespace TinyTcp.Systems.Linux;

/// <summary>How many files the process may open (RLIMIT_NOFILE).</summary>
[SupportedOSPlatform("linux")]
public static class DescriptorLimit
{
    /// <summary>
    /// Raises the soft limit to the hard one, as the runtime does in a program that it compiles while it runs. The soft one is
    /// low for programs that use select.
    /// </summary>
    public static unsafe void Raise()
    {
        var softAndHard = stackalloc ulong[2];
        if (Libc.GetResourceLimit(Libc.RlimitNofile, softAndHard) == 0)
        {
            softAndHard[0] = softAndHard[1];
            // The soft limit stays if the system does not allow it.
            _ = Libc.SetResourceLimit(Libc.RlimitNofile, softAndHard);
        }
    }
}
