using System.Globalization;
using LanguageExt;

namespace TinyTcp.Shell.Settings;

/// <summary>One setting: a command-line option, an environment variable and a key of a settings file in one row.</summary>
/// <param name="Name">The name, as in <c>--max-line</c>.</param>
/// <param name="ValueName">The placeholder for the value in help, such as <c>BYTES</c>.</param>
/// <param name="Description">The help text: purpose, range and default.</param>
/// <param name="Format">The setting's value as text.</param>
/// <param name="Apply">Returns the settings with the given text applied, or one sentence that says why it is invalid.</param>
internal sealed record Setting(
    string Name,
    string ValueName,
    string Description,
    Func<ServerSettings, string> Format,
    Func<ServerSettings, string, Either<string, ServerSettings>> Apply
)
{
    /// <summary>The section of a settings file that holds the keys.</summary>
    public const string Section = "TinyTcp";

    /// <summary>What the environment variables begin with.</summary>
    public const string VariablePrefix = "TINYTCP_";

    /// <summary>The placeholder in help of a value that is a file.</summary>
    public const string FileValueName = "PATH";

    /// <summary>Whether a running server applies a new value (SIGHUP).</summary>
    public bool IsReloadable { get; init; }

    /// <summary>Whether it is a part of the address, which a socket that the service manager passes has already.</summary>
    public bool IsAddress { get; init; }

    /// <summary>Whether the option needs no value: its text is true or false.</summary>
    public bool IsSwitch { get; init; }

    /// <summary>The names that may be its value; empty if it is not a name. For completion.</summary>
    public IEnumerable<string> Choices { get; init; } = [];

    /// <summary>The command-line option, such as <c>--max-line</c>.</summary>
    public string Option => $"--{Name}";

    /// <summary>The environment variable, such as <c>TINYTCP_MAX_LINE</c>.</summary>
    public string EnvironmentVariable => $"{VariablePrefix}{Name.Replace('-', '_').ToUpperInvariant()}";

    /// <summary>The key in <see cref="Section"/>, such as <c>MaxLine</c>.</summary>
    public string ConfigurationKey =>
        string.Concat(Name.Split('-').Select(CultureInfo.InvariantCulture.TextInfo.ToTitleCase));
}
