using Xunit;

namespace TinyTcp.Tests.Support;

/// <summary>
/// Approved texts in files of <c>Tests/Approved</c>: public interfaces and help. A change that users see changes such a
/// file too, so that it shows in review.
/// </summary>
internal static class Approved
{
    /// <summary>If this variable is 1, the tests write the actual texts instead of comparing them.</summary>
    internal const string AcceptVariable = "TINYTCP_TEST_ACCEPT";

    internal static bool IsAccepting =>
        string.Equals(Environment.GetEnvironmentVariable(AcceptVariable), "1", StringComparison.Ordinal);

    internal static void AssertIs(string file, string actual)
    {
        var path = $"Tests/Approved/{file}";
        if (IsAccepting)
        {
            File.WriteAllText(Repository.PathOf(path), actual);
        }

        var approved = File.Exists(Repository.PathOf(path)) ? Repository.Read(path) : "";
        Assert.True(
            string.Equals(approved, actual, StringComparison.Ordinal),
            $"The text differs from {path}. If the change is intended, run "
                + $"`{AcceptVariable}=1 dotnet test` and commit the file. First difference:\n"
                + Difference(approved, actual)
        );
    }

    private static string Difference(string approved, string actual)
    {
        var (expected, found) = (approved.Split('\n'), actual.Split('\n'));
        var at = expected.Zip(found, string.Equals).TakeWhile(static same => same).Count();
        return $"line {at + 1}: expected `{Line(expected, at)}`, actual `{Line(found, at)}`";
    }

    private static string Line(string[] lines, int at) => at < lines.Length ? lines[at] : "";
}
