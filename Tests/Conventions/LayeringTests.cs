using System.Reflection;
using Mono.Cecil;
using TinyTcp.Core.Verbs;
using Xunit;

namespace TinyTcp.Tests.Conventions;

/// <summary>
/// Permitted references: Core and Systems reference no other project, the server library references Core and Systems,
/// the client library references Core. None references the packages of programs.
/// </summary>
public class LayeringTests
{
    private const string CoreName = "TinyTcp.Core";
    private const string ServerName = "TinyTcp.Server";
    private const string ClientName = "TinyTcp.Client";
    private const string SystemsName = "TinyTcp.Systems";

    private static readonly string[] ProgramPackages =
    [
        "Microsoft.Extensions.Hosting",
        "Microsoft.Extensions.Logging.Console",
        "System.CommandLine",
        "System.Console",
    ];

    [Fact]
    public void Core_references_only_LanguageExt_and_the_runtime() =>
        Assert.Equal(
            "LanguageExt.Core",
            References(typeof(Protocol).Assembly)
                .Single(static name => !name.StartsWith("System.", StringComparison.Ordinal))
        );

    [Theory]
    [InlineData(ServerName, ClientName)]
    [InlineData(ClientName, ServerName)]
    public void A_library_references_Core_and_not_the_other_library(string library, string other)
    {
        var references = References(Assembly.Load(library));
        Assert.False(references.Contains(other, StringComparer.Ordinal));
        Assert.Empty(references.Intersect(ProgramPackages, StringComparer.Ordinal));
        Assert.All(
            references.Where(IsOurs),
            name => Assert.True(name is CoreName || (name is SystemsName && library is ServerName))
        );
    }

    [Fact]
    public void Systems_references_no_project_and_no_program_package() =>
        Assert.DoesNotContain(
            References(Assembly.Load(SystemsName)),
            static name => IsOurs(name) || ProgramPackages.Contains(name)
        );

    /// <summary>
    /// Concatenating two of LanguageExt's sequences instantiates a class for a sequence of sequences, and so on. Each
    /// adds thousands of statics to a native program, which initializes them at its start.
    /// </summary>
    [Theory]
    [InlineData("tinytcp")]
    [InlineData(ClientName)]
    [InlineData(CoreName)]
    public void The_assemblies_of_the_native_client_do_not_concatenate_Seqs(string assembly) =>
        Assert.DoesNotContain(
            ModuleDefinition.ReadModule(Assembly.Load(assembly).Location).GetMemberReferences(),
            static member =>
                member is { Name: "op_Addition" or "Concat" }
                && member.DeclaringType.FullName.StartsWith("LanguageExt.Seq`1", StringComparison.Ordinal)
        );

    private static string[] References(Assembly assembly) =>
        [.. assembly.GetReferencedAssemblies().Select(static reference => reference.Name ?? "")];

    private static bool IsOurs(string name) => name.StartsWith("TinyTcp.", StringComparison.Ordinal);
}
