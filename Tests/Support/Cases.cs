using System.Globalization;

namespace TinyTcp.Tests.Support;

/// <summary>The number of random cases of each law and the seed, from environment variables.</summary>
internal static class Cases
{
    /// <summary>The number of cases of each law. [default: 200]</summary>
    internal const string NumberVariable = "TINYTCP_TEST_CASES";

    /// <summary>The seed to start from, as a failed law prints it, such as <c>123,456,7</c>.</summary>
    internal const string ReplayVariable = "TINYTCP_TEST_REPLAY";

    private const int DefaultNumber = 200;

    internal static int Number { get; } =
        int.TryParse(
            Environment.GetEnvironmentVariable(NumberVariable),
            CultureInfo.InvariantCulture,
            out var number
        )
            ? number
            : DefaultNumber;

    internal static string? Replay { get; } = Environment.GetEnvironmentVariable(ReplayVariable);
}
