using System.Globalization;
using LanguageExt;

namespace TinyTcp.Shell.Settings;

/// <summary>
/// One thing the program can be told: an option, an environment variable and a key of appsettings.json in one row.
/// </summary>
/// <param name="Name">Its name, as in <c>--max-line</c>.</param>
/// <param name="ValueName">What is to be given, as help shows it.</param>
/// <param name="Description">What it does, for people, with its default.</param>
/// <param name="Apply">The settings with it, or what is wrong with the text given.</param>
internal sealed record Setting(
    string Name,
    string ValueName,
    string Description,
    Func<ServerSettings, string, Either<string, ServerSettings>> Apply
)
{
    /// <summary>Whether a server that runs takes a new value of it (SIGHUP).</summary>
    public bool Reloads { get; init; }

    /// <summary>The option on the command line.</summary>
    public string Option => $"--{Name}";

    /// <summary>The environment variable.</summary>
    public string EnvironmentVariable => $"TINYTCP_{Name.Replace('-', '_').ToUpperInvariant()}";

    /// <summary>The key in appsettings.json, below <see cref="Section"/>.</summary>
    public string ConfigurationKey =>
        string.Concat(Name.Split('-').Select(CultureInfo.InvariantCulture.TextInfo.ToTitleCase));

    /// <summary>The section of appsettings.json.</summary>
    public const string Section = "TinyTcp";
}
