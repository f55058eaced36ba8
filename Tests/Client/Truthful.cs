using System.Net;
using TinyTcp.Core.Sessions;
using TinyTcp.Tests.Core.Generators;
using TinyTcp.Tests.Core.Sessions;
using TinyTcp.Tests.Support;

namespace TinyTcp.Tests.Client;

/// <summary>A server that speaks the protocol as Core does, over a real socket, in pieces of any size.</summary>
internal static class Truthful
{
    internal static Peer Server() => Server(Segmentation.Whole);

    internal static Peer Server(Segmentation cut) => Server(cut, Limits.Default);

    internal static Peer Server(Segmentation cut, Limits limits) =>
        Peer.Playing(caller => ServeAsync(caller, cut, limits));

    internal static Peer Server(EndPoint at) =>
        Peer.Playing(static caller => ServeAsync(caller, Segmentation.Whole, Limits.Default), at);

    private static async Task ServeAsync(Caller caller, Segmentation cut, Limits limits)
    {
        var host = Host.Opened(limits);
        await SayAsync(caller, host, cut);
        while (!host.IsClosed && await caller.ReceiveAsync() is { IsEmpty: false } received)
        {
            host.Receive(received);
            await SayAsync(caller, host, cut);
        }
    }

    private static async Task SayAsync(Caller caller, Host host, Segmentation cut)
    {
        foreach (var piece in cut.Segments(WireBytes.Bytes(host.TakeOutput())))
        {
            await caller.SayAsync(piece);
        }
    }
}
