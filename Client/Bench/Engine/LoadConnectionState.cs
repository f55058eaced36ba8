namespace TinyTcp.Cli.Bench.Engine;

/// <summary>The state of a <see cref="LoadConnection"/>.</summary>
internal enum LoadConnectionState : byte
{
    /// <summary>The connect is in progress.</summary>
    Connecting,

    /// <summary>Connected; the greeting is not complete.</summary>
    AwaitingGreeting,

    /// <summary>Requests are sent, and replies are compared with the expected bytes.</summary>
    Active,

    /// <summary>Other bytes than expected arrived: lines are verified one by one.</summary>
    Verifying,
}
