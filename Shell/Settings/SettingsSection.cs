using System.Text.Json;
using LanguageExt;

namespace TinyTcp.Shell.Settings;

/// <summary>The server's section of appsettings.json. Other sections belong to other programs.</summary>
internal static class SettingsSection
{
    private static IEnumerable<string> KnownKeys =>
        SettingTable.Rows.Select(static setting => setting.ConfigurationKey);

    /// <summary>Reads the section.</summary>
    /// <param name="root">The whole file.</param>
    /// <returns>The text of each setting, if present; or an error message.</returns>
    public static Either<string, Func<Setting, Option<string>>> Read(JsonElement root)
    {
        var texts = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var problem = FindProblem(root, "The file") || ReadMembers(root, texts);
        return problem.IsSome
            ? (string)problem
            : (Func<Setting, Option<string>>)(
                setting => Prelude.Optional(texts.GetValueOrDefault(setting.ConfigurationKey))
            );
    }

    private static Option<string> ReadMembers(JsonElement root, Dictionary<string, string> texts)
    {
        var isFound = false;
        foreach (var member in root.EnumerateObject())
        {
            var isSection = IsNamed(member, Setting.Section);
            var problem =
                isSection && isFound ? $"the section {Setting.Section} is given twice. Give it once."
                : isSection ? FindProblem(member.Value, Setting.Section) || ReadSection(member.Value, texts)
                : FindMisplaced(member);
            if (problem.IsSome)
            {
                return problem;
            }

            isFound |= isSection;
        }

        return Option<string>.None;
    }

    private static Option<string> ReadSection(JsonElement section, Dictionary<string, string> texts)
    {
        var given = new System.Collections.Generic.HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var member in section.EnumerateObject())
        {
            var name = $"{Setting.Section}:{member.Name}";
            var problem =
                !KnownKeys.Any(key => IsNamed(member, key))
                    ? $"unknown setting {name}. Known settings: {string.Join(", ", KnownKeys)}."
                : !given.Add(member.Name) ? $"{name} is given twice. Give it once."
                : Add(member, name, texts);
            if (problem.IsSome)
            {
                return problem;
            }
        }

        return Option<string>.None;
    }

    private static Option<string> Add(JsonProperty member, string name, Dictionary<string, string> texts)
    {
        switch (member.Value.ValueKind)
        {
            case JsonValueKind.String:
                texts.Add(member.Name, member.Value.GetString() ?? "");
                return Option<string>.None;
            case JsonValueKind.Number:
                texts.Add(member.Name, member.Value.GetRawText());
                return Option<string>.None;
            case JsonValueKind.Null:
                return Option<string>.None;
            default:
                return $"{name} is neither a text nor a number.";
        }
    }

    private static Option<string> FindProblem(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object
            ? Option<string>.None
            : $"{name} is not an object with members, such as {{ \"MaxLine\": 16384 }}.";

    private static Option<string> FindMisplaced(JsonProperty member) =>
        member.Name.StartsWith($"{Setting.Section}:", StringComparison.OrdinalIgnoreCase)
            ? $"{member.Name} is outside the section {Setting.Section}. Move it there."
            : Option<string>.None;

    private static bool IsNamed(JsonProperty member, string name) =>
        member.Name.Equals(name, StringComparison.OrdinalIgnoreCase);
}
