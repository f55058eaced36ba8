using System.Collections.Immutable;
using Xunit;

namespace TinyTcp.Tests.Conventions;

/// <summary>What a convention finds against it, a line each.</summary>
internal static class Findings
{
    /// <summary>Beginnings of findings that are known and not mended yet.</summary>
    private static readonly ImmutableArray<string> Known =
    [
        "Listeners -> TinyTcp.Server: ",
        "TinyTcp.Server -> Listeners: ",
        "Shell/Server/Connections/ConnectionHandler.cs: lens",
        "Shell/Server/Connections/ConnectionHandler.cs: said",
        "Shell/Server/Connections/TimerHeap.cs: alarm",
        "Shell/Server/Connections/UnmanagedMemoryManager.cs: held",
        "Shell/Server/EventLoops/IEventLoop.cs: beats",
        "Shell/Server/Logging/ServerLog.cs: cut",
        "Shell/Server/TinyServer.cs: room",
    ];

    internal static void AssertNone(IEnumerable<string> findings)
    {
        var lines = findings
            .Where(static finding => !Known.Any(known => finding.StartsWith(known, StringComparison.Ordinal)))
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal)
            .ToList();
        Assert.True(lines.Count == 0, $"{lines.Count} findings:\n{string.Join('\n', lines)}");
    }
}
