using System.Collections.Immutable;
using System.Net.Sockets;
using TinyTcp.Server;
using TinyTcp.Systems;
using TinyTcp.Systems.Linux;
using TinyTcp.Systems.Portable;
using TinyTcp.Tests.Server;
using TinyTcp.Tests.Support;

namespace TinyTcp.Tests.Systems;

/// <summary>Systems of this machine, without a loop.</summary>
internal static class Opened
{
    /// <summary>One system by its name.</summary>
    internal static IConnectingSystem System(string name, params ImmutableArray<Socket> listeners) =>
        name == Socketry.Portable
            ? Some.Right(PortableSystem.CreateGroup(1, listeners, TinyServer.ReceiveBuffer)).Systems[0]
            : Linux(listeners);

    /// <summary>The system on Linux.</summary>
    internal static LinuxSystem Linux(params ImmutableArray<Socket> listeners) =>
        Some.Right(LinuxSystem.CreateGroup(1, listeners, TinyServer.ReceiveBuffer)).Systems[0];
}
