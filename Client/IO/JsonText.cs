using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace TinyTcp.Cli.IO;

/// <summary>JSON for scripts and for people: letters and signs stand as they are, and nothing reverses text (N-2).</summary>
internal static class JsonText
{
    /// <summary>The options of a serializer: each one needs its own.</summary>
    internal static JsonSerializerOptions CreateOptions() =>
        new()
        {
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        };

    /// <summary>Serializes a value as one line.</summary>
    internal static string Serialize<T>(T value, JsonTypeInfo<T> type)
    {
        var json = JsonSerializer.Serialize(value, type);
        return json.Any(IsFormat) ? string.Concat(json.Select(EscapeFormat)) : json;
    }

    // The encoder escapes control characters, but not format characters, which may stand in strings only.
    private static string EscapeFormat(char character) =>
        IsFormat(character)
            ? string.Create(CultureInfo.InvariantCulture, $@"\u{(int)character:X4}")
            : character.ToString();

    private static bool IsFormat(char character) =>
        char.GetUnicodeCategory(character) == UnicodeCategory.Format;
}
