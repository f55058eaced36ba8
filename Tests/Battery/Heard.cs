namespace TinyTcp.Tests.Battery;

/// <summary>What a client heard until the end of a connection.</summary>
/// <param name="Said">All that came.</param>
/// <param name="IsReset">Whether a reset ended it, and not FIN.</param>
internal readonly record struct Heard(string Said, bool IsReset);
