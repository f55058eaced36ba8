using System.CommandLine;

namespace TinyTcp.Cli;

/// <summary>An option that is there or not. The word behind it is a word like any other, also where it is "true".</summary>
internal sealed class Flag : Option<bool>
{
    /// <param name="name">Its name.</param>
    /// <param name="aliases">Its other names.</param>
    internal Flag(string name, params string[] aliases)
        : base(name, aliases) => Arity = ArgumentArity.Zero;
}
