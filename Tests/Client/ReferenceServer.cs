using System.Net;
using TinyTcp.Core.Sessions;
using TinyTcp.Tests.Core.Generators;
using TinyTcp.Tests.Core.Sessions;
using TinyTcp.Tests.Support;

namespace TinyTcp.Tests.Client;

/// <summary>A server that speaks the protocol as Core does, over a real socket, in pieces of any size.</summary>
internal static class ReferenceServer
{
    internal static FakeServer Start() => Start(Segmentation.Whole);

    internal static FakeServer Start(Segmentation segmentation) => Start(segmentation, Limits.Default);

    internal static FakeServer Start(Segmentation segmentation, Limits limits) =>
        FakeServer.Start(caller => ServeAsync(caller, segmentation, limits));

    internal static FakeServer Start(EndPoint endPoint) =>
        FakeServer.Start(static caller => ServeAsync(caller, Segmentation.Whole, Limits.Default), endPoint);

    private static async Task ServeAsync(
        ServerConnection connection,
        Segmentation segmentation,
        Limits limits
    )
    {
        var host = Host.Opened(limits);
        await SendAsync(connection, host, segmentation);
        while (!host.IsClosed && await connection.ReceiveAsync() is { IsEmpty: false } received)
        {
            host.Receive(received);
            await SendAsync(connection, host, segmentation);
        }
    }

    private static async Task SendAsync(ServerConnection connection, Host host, Segmentation segmentation)
    {
        foreach (var piece in segmentation.Segments(WireBytes.Bytes(host.TakeOutput())))
        {
            await connection.SendAsync(piece);
        }
    }
}
