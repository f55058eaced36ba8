using Mono.Cecil;
using Mono.Cecil.Cil;

namespace TinyTcp.Tests.Conventions;

/// <summary>
/// What pure code may not do, read from its IL: what a list of banned names cannot see. Each finding is a sentence
/// that names the place. Lambdas are looked into like any other method.
/// </summary>
internal static class PurityRules
{
    /// <summary>LanguageExt's plain values and what works on them; its effects and its mutable cells are not here.</summary>
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
                    .Concat(method.Body.Instructions.SelectMany(Judge))
                    .Select(what => $"{method.FullName} {what}")
            );

    /// <summary>A type that the compiler writes: a closure, a cache of lambdas, a list behind a collection expression.</summary>
    internal static bool IsFromCompiler(TypeReference type) =>
        type.Name.StartsWith('<') || (type.DeclaringType is { } outer && IsFromCompiler(outer));

    /// <summary>
    /// What the compiler calls after the last arm of a switch over a closed set: it is never reached, because CS8509 makes a
    /// missing arm an error.
    /// </summary>
    private static bool IsThrowOfClosedSwitch(MethodDefinition method) =>
        IsFromCompiler(method.DeclaringType) && method.Name is "ThrowSwitchExpressionException";

    /// <summary>A finally may stay: it is what a using or a foreach leaves.</summary>
    private static IEnumerable<string> Handlers(MethodBody body) =>
        body
            .ExceptionHandlers.Where(static handler =>
                handler.HandlerType is ExceptionHandlerType.Catch or ExceptionHandlerType.Filter
            )
            .Select(static _ => "catches");

    private static IEnumerable<string> Judge(Instruction instruction)
    {
        if (instruction.OpCode.Code is Code.Throw or Code.Rethrow)
        {
            yield return "throws";
        }

        if (instruction.OpCode.Code is Code.Stsfld && WritesLate(instruction.Operand))
        {
            yield return "writes a static field that can be written again";
        }

        foreach (var type in Named(instruction.Operand).Where(static type => !type.IsGenericParameter))
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
                yield return $"uses {type.FullName}, which is no plain value";
            }
        }
    }

    /// <summary>A compiler's cache of a static lambda is written on first use, and nobody can see it.</summary>
    private static bool WritesLate(object operand) =>
        operand is FieldReference field
        && !IsFromCompiler(field.DeclaringType)
        && !field.Resolve().IsInitOnly;

    private static IEnumerable<TypeReference> Named(object? operand) =>
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
