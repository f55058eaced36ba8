using System.Reflection;
using PublicApiGenerator;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Conventions;

/// <summary>What the libraries offer to others is what was agreed to.</summary>
public class PublicApiTests
{
    private static ApiGeneratorOptions Options { get; } = new() { IncludeAssemblyAttributes = false };

    [Theory]
    [InlineData("TinyTcp.Core")]
    [InlineData("TinyTcp.Server")]
    [InlineData("TinyTcp.Systems")]
    [InlineData("TinyTcp.Client")]
    public void The_public_interface_is_the_one_agreed_to(string library) =>
        Approved.AssertIs(
            $"{library}.PublicApi.txt",
            Assembly.Load(library).GeneratePublicApi(Options).ReplaceLineEndings("\n") + "\n"
        );
}
