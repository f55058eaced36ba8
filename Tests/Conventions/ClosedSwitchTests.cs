using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Xunit;

namespace TinyTcp.Tests.Conventions;

/// <summary>
/// A switch expression over an enum of ours names every case, so that a new case without an arm is a build error
/// (CS8509). <c>Tests/closed-unions</c> checks that error.
/// </summary>
public class ClosedSwitchTests
{
    [Fact]
    public void No_switch_over_an_enum_of_ours_has_a_discard_arm() =>
        Findings.AssertNone(
            from tree in SourceCode.Trees
            let model = SourceCode.Compilation.GetSemanticModel(tree)
            from node in tree.GetRoot().DescendantNodes().OfType<SwitchExpressionSyntax>()
            where IsEnumOfOurs(model.GetTypeInfo(node.GoverningExpression).Type)
            from arm in node.Arms
            where arm is { WhenClause: null, Pattern: DiscardPatternSyntax or VarPatternSyntax }
            select $"{tree.FilePath}:{arm.GetLocation().GetLineSpan().StartLinePosition.Line + 1}: {node.GoverningExpression}"
        );

    /// <summary>A tuple counts if one of its elements is such an enum.</summary>
    private static bool IsEnumOfOurs(ITypeSymbol? type) =>
        type is INamedTypeSymbol { IsTupleType: true } tuple
            ? tuple.TupleElements.Any(static element => IsEnumOfOurs(element.Type))
            : type is { TypeKind: TypeKind.Enum, DeclaringSyntaxReferences.IsEmpty: false };
}
