using System.Globalization;

namespace TinyTcp.Tests.Support;

/// <summary>How many random cases a law is given, and from which seed: both from the environment.</summary>
internal static class Cases
{
    /// <summary>Names the number of cases of each law; unset, it is few, so that <c>dotnet test</c> stays quick.</summary>
    internal const string NumberVariable = "TINYTCP_TEST_CASES";

    /// <summary>Names the seed to start from, as a failing law prints it, such as <c>123,456,7</c>.</summary>
    internal const string ReplayVariable = "TINYTCP_TEST_REPLAY";

    private const int Few = 200;

    internal static int Number { get; } =
        int.TryParse(
            Environment.GetEnvironmentVariable(NumberVariable),
            CultureInfo.InvariantCulture,
            out var number
        )
            ? number
            : Few;

    internal static string? Replay { get; } = Environment.GetEnvironmentVariable(ReplayVariable);
}
