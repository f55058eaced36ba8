using TinyTcp.Tests.Docs;
using Xunit;

namespace TinyTcp.Tests.Support;

/// <summary>
/// Texts that were agreed to: public interfaces and help, in files of <c>Tests/Approved</c>. A change of what users
/// see is a change of such a file, to be seen in review.
/// </summary>
internal static class Approved
{
    /// <summary>The variable that, when it is 1, has the tests write what is instead of comparing it.</summary>
    internal const string AcceptVariable = "TINYTCP_TEST_ACCEPT";

    internal static bool Accepting =>
        string.Equals(Environment.GetEnvironmentVariable(AcceptVariable), "1", StringComparison.Ordinal);

    internal static void AssertIs(string file, string actual)
    {
        var path = $"Tests/Approved/{file}";
        if (Accepting)
        {
            File.WriteAllText(Repository.PathOf(path), actual);
        }

        var agreed = File.Exists(Repository.PathOf(path)) ? Repository.Read(path) : "";
        Assert.True(
            string.Equals(agreed, actual, StringComparison.Ordinal),
            $"What is there is not what {path} has. If the change is meant, run "
                + $"`{AcceptVariable}=1 dotnet test` and commit the file. First difference:\n"
                + Difference(agreed, actual)
        );
    }

    private static string Difference(string agreed, string actual)
    {
        var (before, after) = (agreed.Split('\n'), actual.Split('\n'));
        var at = before.Zip(after, string.Equals).TakeWhile(static same => same).Count();
        return $"line {at + 1}: agreed `{Line(before, at)}`, is `{Line(after, at)}`";
    }

    private static string Line(string[] lines, int at) => at < lines.Length ? lines[at] : "";
}
