namespace TinyTcp.Server;

/// <summary>A host's way to be told that its server could not start.</summary>
/// <param name="error">Why.</param>
#pragma warning disable CA1032 // It is thrown in one place, always with its reason.
public sealed class TinyTcpStartException(StartError error) : Exception(error.ToString())
#pragma warning restore CA1032
{
    /// <summary>Why.</summary>
    public StartError Error { get; } = error;
}
