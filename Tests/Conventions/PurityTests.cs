using Mono.Cecil;
using TinyTcp.Core.Verbs;
using Xunit;

namespace TinyTcp.Tests.Conventions;

/// <summary>Core is pure and immutable; and the rules that say so can fail.</summary>
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
    public void No_type_of_Core_can_change() =>
        Assert.Empty(CoreModule.GetTypes().SelectMany(ImmutabilityRules.Findings));

    [Fact]
    public void Core_needs_nothing_but_values_collections_and_text() =>
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
    [InlineData("Remembers", "writes a static field")]
    [InlineData("HasAnEffect", "no plain value")]
    [InlineData("Tries", "no plain value")]
    public void An_impure_method_is_found(string fixture, string finding) =>
        Assert.Contains(
            Fixture(fixture).SelectMany(PurityRules.Findings),
            what => what.Contains(finding, StringComparison.Ordinal)
        );

    [Theory]
    [InlineData("Remembers", "can be written")]
    [InlineData("CanBeWritten", "can be written")]
    [InlineData("HoldsAnArray", "holds what can change")]
    [InlineData("HoldsAList", "holds what can change")]
    [InlineData("HoldsABuilder", "holds what can change")]
    public void A_type_that_can_change_is_found(string fixture, string finding) =>
        Assert.Contains(
            Fixture(fixture).SelectMany(ImmutabilityRules.Findings),
            what => what.Contains(finding, StringComparison.Ordinal)
        );

    [Fact]
    public void Pure_code_is_not_accused()
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
