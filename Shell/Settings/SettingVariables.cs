using LanguageExt;
using TinyTcp.Core.Spelling;

namespace TinyTcp.Shell.Settings;

/// <summary>The environment variables of the settings.</summary>
internal static class SettingVariables
{
    // TINYTCP_TARGET is the client's, and TINYTCP_TEST_ begins those of this project's tests.
    private const string ClientVariable = $"{Setting.VariablePrefix}TARGET";
    private const string TestPrefix = $"{Setting.VariablePrefix}TEST_";

    private static IEnumerable<string> KnownNames =>
        SettingTable.Rows.Select(static setting => setting.EnvironmentVariable);

    /// <summary>The text that the environment of this process gives for a setting, if any.</summary>
    public static Option<string> TextOf(Setting setting) =>
        Prelude.Optional(Environment.GetEnvironmentVariable(setting.EnvironmentVariable));

    /// <summary>Finds variables that look like settings and are not: a sentence for each.</summary>
    /// <param name="names">The names of variables.</param>
    public static IEnumerable<string> FindUnknown(IEnumerable<string> names) =>
        names
            .Where(static name =>
                name.StartsWith(Setting.VariablePrefix, StringComparison.OrdinalIgnoreCase)
                && name != ClientVariable
                && !name.StartsWith(TestPrefix, StringComparison.Ordinal)
                && !KnownNames.Contains(name, StringComparer.Ordinal)
            )
            .Order(StringComparer.Ordinal)
            .Select(static name => $"Unknown environment variable {name} is ignored. {AdviceFor(name)}");

    private static string WithoutPrefix(string name) => name[Setting.VariablePrefix.Length..];

    private static string AdviceFor(string name) =>
        Typos
            // The prefix, which all names share, is not a similarity.
            .FindSimilar(name[Setting.VariablePrefix.Length..], KnownNames.Select(WithoutPrefix))
            .Map(static known => $"{Setting.VariablePrefix}{known}")
            .Match(Some: static known => $"Did you mean {known}?", None: static () => "Remove it.");
}
