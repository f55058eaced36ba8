using Mono.Cecil;
using Mono.Cecil.Cil;

namespace TinyTcp.Tests.Conventions;

/// <summary>
/// Finds impure code in IL, which a list of banned names cannot find. Each finding is a sentence that names the method.
/// Lambdas are checked like other methods.
/// </summary>
internal static class PurityRules
{
    /// <summary>LanguageExt's value types and their functions, without its effects and mutable cells.</summary>
    private static readonly string[] Values =
    [
        "Arr`1",
        "Either`2",
        "EitherExtensions",
        "Fin`1",
        "FinExtensions",
        "ListExtensions",
        "Lst`1",
        "Map`2",
        "Option`1",
        "OptionExtensions",
        "OptionNone",
        "Prelude",
        "Seq`1",
        "SeqExtensions",
        "Unit",
    ];

    internal static IEnumerable<string> Findings(TypeDefinition type) =>
        type
            .Methods.Where(static method => method.HasBody && !IsThrowOfClosedSwitch(method))
            .SelectMany(static method =>
                Handlers(method.Body)
                    .Concat(method.Body.Instructions.SelectMany(Check))
                    .Select(finding => $"{method.FullName} {finding}")
            );

    /// <summary>A type that the compiler generates: for a closure, cached lambdas or a collection expression.</summary>
    internal static bool IsFromCompiler(TypeReference type) =>
        type.Name.StartsWith('<') || (type.DeclaringType is { } outer && IsFromCompiler(outer));

    /// <summary>
    /// The method that the compiler calls after the last arm of a switch over a closed set. The call is unreachable,
    /// because CS8509 makes a missing arm an error.
    /// </summary>
    private static bool IsThrowOfClosedSwitch(MethodDefinition method) =>
        IsFromCompiler(method.DeclaringType) && method.Name is "ThrowSwitchExpressionException";

    /// <summary>Finds catch and filter handlers. A finally is permitted: using and foreach compile to one.</summary>
    private static IEnumerable<string> Handlers(MethodBody body) =>
        body
            .ExceptionHandlers.Where(static handler =>
                handler.HandlerType is ExceptionHandlerType.Catch or ExceptionHandlerType.Filter
            )
            .Select(static _ => "catches");

    private static IEnumerable<string> Check(Instruction instruction)
    {
        if (instruction.OpCode.Code is Code.Throw or Code.Rethrow)
        {
            yield return "throws";
        }

        if (instruction.OpCode.Code is Code.Stsfld && WritesMutableStatic(instruction.Operand))
        {
            yield return "writes a static field that can be written again";
        }

        foreach (var type in TypesIn(instruction.Operand).Where(static type => !type.IsGenericParameter))
        {
            if (type.Namespace.StartsWith("System.Threading", StringComparison.Ordinal))
            {
                yield return $"locks or waits by {type.FullName}";
            }

            if (type.Name.EndsWith("Exception", StringComparison.Ordinal))
            {
                yield return $"throws by {type.FullName}";
            }

            if (type.Scope.Name is "LanguageExt.Core" && !Values.Contains(type.Name, StringComparer.Ordinal))
            {
                yield return $"uses {type.FullName}, which is not a plain value";
            }
        }
    }

    /// <summary>Excludes the compiler's cache of a static lambda: written once, and not visible to code.</summary>
    private static bool WritesMutableStatic(object operand) =>
        operand is FieldReference field
        && !IsFromCompiler(field.DeclaringType)
        && !field.Resolve().IsInitOnly;

    private static IEnumerable<TypeReference> TypesIn(object? operand) =>
        operand switch
        {
            TypeReference type => [Outermost(type)],
            MethodReference method => [Outermost(method.DeclaringType), Outermost(method.ReturnType)],
            FieldReference field => [Outermost(field.DeclaringType), Outermost(field.FieldType)],
            _ => [],
        };

    private static TypeReference Outermost(TypeReference type) =>
        type.GetElementType() is { DeclaringType: { } outer } ? Outermost(outer) : type.GetElementType();
}
