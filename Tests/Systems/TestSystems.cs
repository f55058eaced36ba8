using System.Collections.Immutable;
using System.Net.Sockets;
using TinyTcp.Server;
using TinyTcp.Systems;
using TinyTcp.Systems.Linux;
using TinyTcp.Systems.Portable;
using TinyTcp.Tests.Support;

namespace TinyTcp.Tests.Systems;

/// <summary>Creates the systems of this machine, without a loop.</summary>
internal static class TestSystems
{
    /// <summary>Creates one system by its name.</summary>
    internal static IConnectingSystem Create(string name, params ImmutableArray<Socket> listeners) =>
        name == Loopback.Portable
            ? TestValues.Right(PortableSystem.CreateGroup(1, listeners, TinyServer.ReceiveBuffer)).Systems[0]
            : CreateLinux(listeners);

    /// <summary>Creates two systems of one group.</summary>
    internal static (ISystem First, ISystem Second) CreatePair(
        string name,
        params ImmutableArray<Socket> listeners
    ) =>
        name == Loopback.Portable
            ? ToPair(TestValues.Right(PortableSystem.CreateGroup(2, listeners, TinyServer.ReceiveBuffer)))
            : ToPair(TestValues.Right(LinuxSystem.CreateGroup(2, listeners, TinyServer.ReceiveBuffer)));

    private static (ISystem, ISystem) ToPair<TSystem>(SystemGroup<TSystem> group)
        where TSystem : ISystem => (group.Systems[0], group.Systems[1]);

    /// <summary>Creates the system for Linux.</summary>
    internal static LinuxSystem CreateLinux(params ImmutableArray<Socket> listeners) =>
        TestValues.Right(LinuxSystem.CreateGroup(1, listeners, TinyServer.ReceiveBuffer)).Systems[0];
}
