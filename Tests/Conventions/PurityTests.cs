using Mono.Cecil;
using TinyTcp.Core.Verbs;
using Xunit;

namespace TinyTcp.Tests.Conventions;

/// <summary>Core is pure and immutable, and the rules find each kind of violation in the fixtures.</summary>
public class PurityTests
{
    private static readonly ModuleDefinition CoreModule = Module(typeof(Protocol));
    private static readonly ModuleDefinition TestModule = Module(typeof(PurityTests));

    private static readonly string[] Libraries =
    [
        "LanguageExt.Core",
        "System.Collections",
        "System.Collections.Immutable",
        "System.Linq",
        "System.Memory",
        "System.Runtime",
        "System.Runtime.Extensions",
        "System.Runtime.Intrinsics",
        "System.Text.Encoding.Extensions",
        "System.Text.RegularExpressions",
    ];

    [Fact]
    public void No_method_of_Core_throws_catches_locks_or_writes_a_static() =>
        Assert.Empty(CoreModule.GetTypes().SelectMany(PurityRules.Findings));

    [Fact]
    public void No_type_of_Core_is_mutable() =>
        Assert.Empty(CoreModule.GetTypes().SelectMany(ImmutabilityRules.Findings));

    [Fact]
    public void Core_references_only_the_listed_assemblies() =>
        Assert.Empty(
            CoreModule
                .AssemblyReferences.Select(static reference => reference.Name)
                .Except(Libraries, StringComparer.Ordinal)
        );

    [Theory]
    [InlineData("Throws", "throws")]
    [InlineData("ThrowsInALambda", "throws")]
    [InlineData("ThrowsThroughAHelper", "throws")]
    [InlineData("Catches", "catches")]
    [InlineData("Filters", "catches")]
    [InlineData("Locks", "locks or waits")]
    [InlineData("WritesAStatic", "writes a static field")]
    [InlineData("UsesAnAtom", "not a plain value")]
    [InlineData("UsesTry", "not a plain value")]
    public void An_impure_method_is_found(string fixture, string expected) =>
        Assert.Contains(
            Fixture(fixture).SelectMany(PurityRules.Findings),
            finding => finding.Contains(expected, StringComparison.Ordinal)
        );

    [Theory]
    [InlineData("WritesAStatic", "is writable")]
    [InlineData("HasAWritableField", "is writable")]
    [InlineData("HasAnArrayField", "has a mutable type")]
    [InlineData("HasAListField", "has a mutable type")]
    [InlineData("HasABuilderField", "has a mutable type")]
    public void A_mutable_type_is_found(string fixture, string expected) =>
        Assert.Contains(
            Fixture(fixture).SelectMany(ImmutabilityRules.Findings),
            finding => finding.Contains(expected, StringComparison.Ordinal)
        );

    [Fact]
    public void Pure_code_has_no_findings()
    {
        Assert.Empty(Fixture("IsPure").SelectMany(PurityRules.Findings));
        Assert.Empty(Fixture("IsPure").SelectMany(ImmutabilityRules.Findings));
    }

    private static IEnumerable<TypeDefinition> Fixture(string name) =>
        WithNested(
            TestModule
                .GetTypes()
                .Single(type =>
                    type.DeclaringType?.Name is nameof(ImpureFixtures)
                    && string.Equals(type.Name, name, StringComparison.Ordinal)
                )
        );

    private static IEnumerable<TypeDefinition> WithNested(TypeDefinition type) =>
        type.NestedTypes.SelectMany(WithNested).Prepend(type);

    private static ModuleDefinition Module(Type type) => ModuleDefinition.ReadModule(type.Assembly.Location);
}
