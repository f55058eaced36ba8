using System.CommandLine;

namespace TinyTcp.Cli.Parsing;

/// <summary>An option without a value: a following word such as "true" is an argument.</summary>
internal sealed class SwitchOption : Option<bool>
{
    /// <param name="name">The option's name.</param>
    /// <param name="aliases">Other names for it.</param>
    internal SwitchOption(string name, params string[] aliases)
        : base(name, aliases) => Arity = ArgumentArity.Zero;

    /// <summary><c>--json</c>, which may stand before and behind a command.</summary>
    internal static SwitchOption Json() =>
        new("--json")
        {
            Description =
                "Print JSON, one object a line. The fields: docs/schemas, or share/doc/tinytcp/schemas.",
        };

    /// <summary><c>--raw</c>.</summary>
    internal static SwitchOption Raw() =>
        new("--raw") { Description = "Do not escape control characters in replies on a terminal." };
}
