using System.Globalization;

namespace TinyTcp.Client;

/// <summary>A text that nobody else can have: what echoes it answers this request, and no other.</summary>
internal static class Nonce
{
    /// <summary>A new one, of one word.</summary>
    internal static string New() =>
        string.Create(CultureInfo.InvariantCulture, $"tinytcp-{Random.Shared.NextInt64():x16}");
}
