using System.Reflection;
using Mono.Cecil;
using TinyTcp.Core.Verbs;
using Xunit;

namespace TinyTcp.Tests.Conventions;

/// <summary>
/// Who may know whom: Core nobody, nor the systems; the two libraries Core, the server the systems, and neither the other or a
/// program's packages.
/// </summary>
public class LayeringTests
{
    private const string CoreName = "TinyTcp.Core";
    private const string ServerName = "TinyTcp.Server";
    private const string ClientName = "TinyTcp.Client";
    private const string SystemsName = "TinyTcp.Systems";

    private static readonly string[] OnlyForPrograms =
    [
        "Microsoft.Extensions.Hosting",
        "Microsoft.Extensions.Logging.Console",
        "System.CommandLine",
        "System.Console",
    ];

    [Fact]
    public void Core_references_LanguageExt_and_the_runtime_alone() =>
        Assert.Equal(
            "LanguageExt.Core",
            References(typeof(Protocol).Assembly)
                .Single(static name => !name.StartsWith("System.", StringComparison.Ordinal))
        );

    [Theory]
    [InlineData(ServerName, ClientName)]
    [InlineData(ClientName, ServerName)]
    public void A_library_knows_Core_and_not_the_other(string library, string other)
    {
        var references = References(Assembly.Load(library));
        Assert.False(references.Contains(other, StringComparer.Ordinal));
        Assert.Empty(references.Intersect(OnlyForPrograms, StringComparer.Ordinal));
        Assert.All(
            references.Where(IsOurs),
            name => Assert.True(name is CoreName || (name is SystemsName && library is ServerName))
        );
    }

    [Fact]
    public void The_systems_know_nothing_of_a_protocol_or_of_who_uses_them() =>
        Assert.DoesNotContain(
            References(Assembly.Load(SystemsName)),
            static name => IsOurs(name) || OnlyForPrograms.Contains(name)
        );

    /// <summary>
    /// To put two of LanguageExt's sequences together takes a class for the sequence of such sequences, and so on: each brings
    /// statics by the thousand into a native program, all of them set up at its start.
    /// </summary>
    [Theory]
    [InlineData("tinytcp")]
    [InlineData(ClientName)]
    [InlineData(CoreName)]
    public void What_a_native_client_is_made_of_joins_no_Seq(string assembly) =>
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
