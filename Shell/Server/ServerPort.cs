namespace TinyTcp.Server;

/// <summary>Which ports a server may listen on: 1025 to 49151, or 0 for one that the system picks.</summary>
public static class ServerPort
{
    /// <summary>The port unless told otherwise.</summary>
    public const int Default = 40_000;

    /// <summary>The least port that may be named.</summary>
    public const int Min = 1_025;

    /// <summary>The greatest port that may be named.</summary>
    public const int Max = 49_151;

    /// <summary>Whether a server may be told to listen there.</summary>
    /// <param name="port">Any number.</param>
    public static bool Allows(int port) => port is 0 or (>= Min and <= Max);
}
