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

    /// <summary>Two systems of one group.</summary>
    internal static (ISystem First, ISystem Second) Pair(
        string name,
        params ImmutableArray<Socket> listeners
    ) =>
        name == Socketry.Portable
            ? Pair(Some.Right(PortableSystem.CreateGroup(2, listeners, TinyServer.ReceiveBuffer)))
            : Pair(Some.Right(LinuxSystem.CreateGroup(2, listeners, TinyServer.ReceiveBuffer)));

    private static (ISystem, ISystem) Pair<TSystem>(SystemGroup<TSystem> group)
        where TSystem : ISystem => (group.Systems[0], group.Systems[1]);

    /// <summary>The system on Linux.</summary>
    internal static LinuxSystem Linux(params ImmutableArray<Socket> listeners) =>
        Some.Right(LinuxSystem.CreateGroup(1, listeners, TinyServer.ReceiveBuffer)).Systems[0];
}
