namespace TinyTcp.Tests.Battery;

/// <summary>Everything that a client received on one connection.</summary>
/// <param name="Text">The bytes, as Latin-1.</param>
/// <param name="IsReset">Whether the connection ended with a reset instead of FIN.</param>
internal readonly record struct Received(string Text, bool IsReset);
