using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using TinyTcp.Core.Spelling;

namespace TinyTcp.Shell.Settings;

/// <summary>
/// Reads the server's section of a settings file, with the line of each key. Other sections belong to other programs.
/// </summary>
internal sealed class SettingsSection
{
    private const string Beginning = "the beginning";
    private const string Example = """{ "TinyTcp": { "MaxLine": "16k" } }""";

    private static readonly JsonReaderOptions Options = new()
    {
        AllowTrailingCommas = true,
        CommentHandling = JsonCommentHandling.Skip,
    };

    // The parser's words for the end of the file.
    private static readonly ImmutableArray<string> EndsTooEarly = ["isFinalBlock", "depth to be zero"];

    private readonly ImmutableDictionary<Setting, GivenText>.Builder texts =
        ImmutableDictionary.CreateBuilder<Setting, GivenText>();

    private readonly ImmutableArray<string>.Builder problems = ImmutableArray.CreateBuilder<string>();
    private readonly HashSet<Setting> given = [];
    private readonly string path;
    private readonly byte[] json;

    // The latest key, and the line that it is on.
    private string location = Beginning;
    private int line = 1;
    private int scanned;

    private bool isFound;

    private SettingsSection(string path, byte[] json)
    {
        this.path = path;
        this.json = json;
    }

    private static IEnumerable<string> KnownKeys =>
        SettingTable.Rows.Select(static setting => setting.ConfigurationKey);

    /// <summary>Reads the section.</summary>
    /// <param name="path">The file's path, for messages.</param>
    /// <param name="json">The whole file, in valid UTF-8.</param>
    public static SettingsFile Read(string path, byte[] json)
    {
        var section = new SettingsSection(path, json);
        section.ReadFile();
        return new SettingsFile(path, section.texts.ToImmutable(), section.problems.ToImmutable());
    }

    private void ReadFile()
    {
        var reader = new Utf8JsonReader(json, Options);
        try
        {
            reader.Read();
            ReadRoot(ref reader);
            // Fails if anything follows.
            reader.Read();
        }
        catch (JsonException exception)
        {
            problems.Add($"{path}:{exception.LineNumber + 1}: {ReasonOf(exception)}");
        }
        catch (InvalidOperationException exception)
        {
            // Half a surrogate pair in a text.
            Report($"{location}: {exception.Message}");
        }
    }

    private string ReasonOf(JsonException exception)
    {
        var reason = exception.Message.Split(" LineNumber: ")[0];
        return json.AsSpan().Trim(" \t\r\n"u8).IsEmpty
                ? $"The file is empty. Give an object such as {Example}."
            : location == Beginning && reason.Contains("invalid start", StringComparison.Ordinal)
                ? $"The file is not JSON. Give an object such as {Example}."
            : EndsTooEarly.Any(words => reason.Contains(words, StringComparison.Ordinal))
                ? $"after {location}: the file ends too early. Add what is missing, such as a brace."
            : $"after {location}: {reason}";
    }

    private void ReadRoot(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            Report($"The file is not an object. Give one such as {Example}.");
            reader.Skip();
            return;
        }

        var sections = new List<(int Line, string Key)>();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var key = ReadKey(ref reader, "");
            if (IsNamed(key, Setting.Section))
            {
                ReadSection(ref reader);
            }
            else if (reader.TokenType == JsonTokenType.StartObject)
            {
                sections.Add((line, key));
            }
            else
            {
                ReportIfSetting(key);
            }

            reader.Skip();
        }

        if (!isFound)
        {
            ReportMistypedSection(sections);
        }
    }

    private void ReadSection(ref Utf8JsonReader reader)
    {
        if (isFound)
        {
            Report($"The section {Setting.Section} is given twice. Give it once.");
            return;
        }

        isFound = true;
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            Report($"{Setting.Section} is not an object. Give one such as {Example}.");
            return;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            ReadSetting(ReadKey(ref reader, $"{Setting.Section}:"), ref reader);
            reader.Skip();
        }
    }

    private void ReadSetting(string key, ref Utf8JsonReader reader)
    {
        var setting = SettingTable.Rows.FirstOrDefault(row => IsNamed(key, row.ConfigurationKey));
        if (setting is null)
        {
            Report($"Unknown setting {location}. {AdviceFor(key)}");
        }
        else if (!given.Add(setting))
        {
            Report($"{location} is given twice. Give it once.");
        }
        else if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
        {
            Report($"{location} is an object or a list. Give a text or a number.");
        }
        else if (reader.TokenType == JsonTokenType.Null)
        {
            Report($"{location} is null. Give a text or a number, or remove the key.");
        }
        else
        {
            var text =
                reader.TokenType == JsonTokenType.String
                    ? reader.GetString() ?? ""
                    : Encoding.UTF8.GetString(reader.ValueSpan);
            texts.Add(setting, new GivenText($"{path}:{line}: {location}", text));
        }
    }

    /// <summary>Reads a key and goes on to its value.</summary>
    private string ReadKey(ref Utf8JsonReader reader, string prefix)
    {
        var start = (int)reader.TokenStartIndex;
        line += json.AsSpan(scanned, start - scanned).Count((byte)'\n');
        scanned = start;
        var key = reader.GetString() ?? "";
        location = prefix + key;
        reader.Read();
        return key;
    }

    private void ReportIfSetting(string key)
    {
        var isSetting =
            key.StartsWith($"{Setting.Section}:", StringComparison.OrdinalIgnoreCase)
            || KnownKeys.Contains(key, StringComparer.OrdinalIgnoreCase);
        if (isSetting)
        {
            Report($"{key} is outside the section {Setting.Section}. Move it there, as in {Example}.");
        }
    }

    private void ReportMistypedSection(List<(int Line, string Key)> sections) =>
        Typos
            .FindSimilar(Setting.Section, sections.Select(static section => section.Key))
            .IfSome(similar =>
                problems.Add(
                    $"{path}:{sections.First(section => section.Key == similar).Line}: Unknown section {similar}. Did you mean {Setting.Section}?"
                )
            );

    private void Report(string problem) => problems.Add($"{path}:{line}: {problem}");

    private static string AdviceFor(string key) =>
        Typos
            .FindSimilar(key, KnownKeys)
            .Match(
                Some: static known => $"Did you mean {known}?",
                None: static () => $"Known settings: {string.Join(", ", KnownKeys)}."
            );

    private static bool IsNamed(string key, string name) =>
        key.Equals(name, StringComparison.OrdinalIgnoreCase);
}
