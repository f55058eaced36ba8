using System.Collections.Immutable;
using TinyTcp.Cli.Examples;
using TinyTcp.Tests.Conventions;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Docs;

/// <summary>Tables, diagrams and snippets in documents equal what the code prints.</summary>
public class PrintedTests
{
    private const string Specification = "protocol.md";
    private const string Client = "docs/client.md";
    private const string Stdio = "Hosts/Stdio/Program.cs";

    private static readonly ImmutableArray<PrintedRegion> Printed =
    [
        new(Specification, "commands", Tables.Commands),
        new(Specification, "errors", Tables.Errors),
        new(Specification, "limits", Tables.Limits),
        new(Specification, "states", Tables.States),
        new(Specification, "transitions", Tables.StateTransitions),
        new(Specification, "diagram", Diagram.States),
        new("CONTRIBUTING.md", "arrows", DependencyTests.Print),
        new("README.md", "stdio", static () => Snippet.Of(Stdio, "stdio")),
        new("Shell/README.md", "hosting", static () => Snippet.Of("Tests/Docs/HostingTests.cs", "hosting")),
        new(Client, "examples", static () => $"```sh\n{ExampleTable.Format()}```\n"),
        new(Client, "exit-codes", Tables.ExitCodes),
        new("Tests/README.md", "law", static () => Snippet.Of("Tests/Client/Library/PipelineLaws.cs", "law")),
        new(Client, "client", static () => Snippet.Of("Tests/Docs/ClientTests.cs", "client")),
    ];

    public static TheoryData<PrintedRegion> Regions => [.. Printed];

    [Theory]
    [MemberData(nameof(Regions))]
    public void A_printed_region_is_what_the_code_prints(PrintedRegion region)
    {
        if (Approved.IsAccepting)
        {
            region.Write();
        }

        Assert.True(
            string.Equals(region.Print(), region.Current, StringComparison.Ordinal),
            $"{region} differs from the code. Print it again: {Approved.AcceptVariable}=1 dotnet test\n"
                + $"The code prints:\n{region.Print()}"
        );
    }

    [Fact]
    public void Every_marked_region_is_printed()
    {
        var marked = Markdown.Documents.SelectMany(static path =>
            PrintedRegion.NamesIn(path).Select(name => $"{path}: {name}")
        );

        Assert.Equal(
            Printed.Select(static region => $"{region}").Order(StringComparer.Ordinal),
            marked.Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public void The_stdio_host_has_under_40_lines() =>
        Assert.InRange(Snippet.Lines(Stdio, "stdio").Length, 1, 39);
}
