using System.Reflection;
using PublicApiGenerator;
using Xunit;

namespace TinyTcp.Tests.Conventions;

/// <summary>
/// What the libraries offer to others stands in text files that were agreed to. A change of the interface is a
/// change of such a file, to be seen in review.
/// </summary>
public class PublicApiTests
{
    private const string AcceptVariable = "TINYTCP_TEST_ACCEPT";

    [Theory]
    [InlineData("TinyTcp.Core")]
    [InlineData("TinyTcp.Server")]
    [InlineData("TinyTcp.Client")]
    public void The_public_interface_is_the_one_agreed_to(string library)
    {
        var actual = Assembly.Load(library).GeneratePublicApi(Options).ReplaceLineEndings("\n") + "\n";
        var path = Path.Combine(Folder(), $"{library}.PublicApi.txt");
        if (Environment.GetEnvironmentVariable(AcceptVariable) is "1")
        {
            File.WriteAllText(path, actual);
        }

        var approved = File.Exists(path) ? File.ReadAllText(path) : "";
        Assert.True(
            string.Equals(approved, actual, StringComparison.Ordinal),
            $"The public interface of {library} is not the one in {path}. If the change is meant, run "
                + $"`{AcceptVariable}=1 dotnet test Tests --filter PublicApi` and commit the file. First difference:\n"
                + Difference(approved, actual)
        );
    }

    private static ApiGeneratorOptions Options { get; } = new() { IncludeAssemblyAttributes = false };

    private static string Difference(string approved, string actual)
    {
        var (agreed, found) = (approved.Split('\n'), actual.Split('\n'));
        var at = agreed.Zip(found, string.Equals).TakeWhile(static same => same).Count();
        return $"line {at + 1}: agreed `{Line(agreed, at)}`, is `{Line(found, at)}`";
    }

    private static string Line(string[] lines, int at) => at < lines.Length ? lines[at] : "";

    /// <summary>Tests/Approved in the working tree, found from where the tests were built.</summary>
    private static string Folder()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Tests.csproj")))
        {
            folder = folder.Parent ?? throw new DirectoryNotFoundException("Tests");
        }

        return Path.Combine(folder.FullName, "Approved");
    }
}
