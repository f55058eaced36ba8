namespace TinyTcp.Server;

/// <summary>A host's server could not start.</summary>
/// <param name="error">The reason.</param>
#pragma warning disable CA1032 // It always has a reason.
public sealed class TinyTcpStartException(StartError error) : Exception(error.ToString())
#pragma warning restore CA1032
{
    /// <summary>The reason.</summary>
    public StartError Error { get; } = error;
}
