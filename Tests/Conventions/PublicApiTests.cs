using System.Reflection;
using PublicApiGenerator;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Conventions;

/// <summary>The public API of each library equals the approved one.</summary>
public class PublicApiTests
{
    private static ApiGeneratorOptions Options { get; } = new() { IncludeAssemblyAttributes = false };

    [Theory]
    [InlineData("TinyTcp.Core")]
    [InlineData("TinyTcp.Server")]
    [InlineData("TinyTcp.Systems")]
    [InlineData("TinyTcp.Client")]
    public void The_public_API_equals_the_approved_one(string library) =>
        Approved.AssertIs(
            $"{library}.PublicApi.txt",
            Assembly.Load(library).GeneratePublicApi(Options).ReplaceLineEndings("\n") + "\n"
        );
}
