using Mono.Cecil;

namespace TinyTcp.Tests.Conventions;

/// <summary>What an immutable type may not hold: a field that can be written, or one whose value can change.</summary>
internal static class ImmutabilityRules
{
    private static readonly string[] Changeable =
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
            .SelectMany(Judge);

    private static IEnumerable<string> Judge(FieldDefinition field)
    {
        if (!field.IsInitOnly && !IsEnumValue(field))
        {
            yield return $"{field.FullName} can be written";
        }

        if (field.FieldType.IsArray || Changeable.Contains(field.FieldType.Name, StringComparer.Ordinal))
        {
            yield return $"{field.FullName} holds what can change";
        }
    }

    private static bool IsEnumValue(FieldDefinition field) => field.DeclaringType.IsEnum && !field.IsStatic;
}
