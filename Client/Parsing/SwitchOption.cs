using System.CommandLine;

namespace TinyTcp.Cli.Parsing;

/// <summary>An option that is there or not. The word behind it is a word like any other, also where it is "true".</summary>
internal sealed class SwitchOption : Option<bool>
{
    /// <param name="name">Its name.</param>
    /// <param name="aliases">Its other names.</param>
    internal SwitchOption(string name, params string[] aliases)
        : base(name, aliases) => Arity = ArgumentArity.Zero;

    /// <summary><c>--raw</c>: prints the server's bytes unchanged, also to a terminal.</summary>
    internal static SwitchOption Raw() =>
        new("--raw") { Description = "Print what the server says as it came, also to a terminal." };
}
