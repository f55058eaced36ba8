using Mono.Cecil;

namespace TinyTcp.Tests.Conventions;

/// <summary>Finds fields that make a type mutable: writable fields, and fields of mutable types.</summary>
internal static class ImmutabilityRules
{
    private static readonly string[] MutableTypes =
    [
        "Array",
        "Dictionary`2",
        "HashSet`1",
        "IDictionary`2",
        "IList`1",
        "LinkedList`1",
        "List`1",
        "Memory`1",
        "Queue`1",
        "SortedDictionary`2",
        "Stack`1",
        "StringBuilder",
    ];

    internal static IEnumerable<string> Findings(TypeDefinition type) =>
        type
            .Fields.Where(static field =>
                !field.IsLiteral && !PurityRules.IsFromCompiler(field.DeclaringType)
            )
            .SelectMany(Check);

    private static IEnumerable<string> Check(FieldDefinition field)
    {
        if (!field.IsInitOnly && !IsEnumValue(field))
        {
            yield return $"{field.FullName} is writable";
        }

        if (field.FieldType.IsArray || MutableTypes.Contains(field.FieldType.Name, StringComparer.Ordinal))
        {
            yield return $"{field.FullName} has a mutable type";
        }
    }

    private static bool IsEnumValue(FieldDefinition field) => field.DeclaringType.IsEnum && !field.IsStatic;
}
