using System.Linq;
using LanguageExt;

namespace TinyTcp.Core.Transcripts;

/// <summary>The name of a field of a transcript: small letters, digits and <c>-</c>, first a letter.</summary>
public sealed record FieldName
{
    private readonly string name;

    private FieldName(string name) => this.name = name;

    // name = %x61-7A *(%x61-7A / DIGIT / "-")
    /// <summary>Checks a name.</summary>
    /// <param name="name">Any string.</param>
    /// <returns>The name, or none.</returns>
    public static Option<FieldName> From(string name) =>
        name.Length > 0 && char.IsAsciiLetterLower(name[0]) && name.All(IsAllowed)
            ? new FieldName(name)
            : Option<FieldName>.None;

    /// <summary>The name.</summary>
    public override string ToString() => name;

    private static bool IsAllowed(char letter) =>
        char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter == '-';
}
