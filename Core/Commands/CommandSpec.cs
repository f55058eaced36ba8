using System.Text;
using TinyTcp.Core.Wire;

namespace TinyTcp.Core.Commands;

/// <summary>One row of the command table. Only the rows of <see cref="CommandTable"/> exist.</summary>
public sealed record CommandSpec
{
    internal CommandSpec(
        Command example,
        string syntax,
        ArgumentRule argument,
        string reply,
        string summary,
        string rule
    )
    {
        Kind = example.Kind;
        Verb = Encoding.ASCII.GetString(example.Verb);
        Key = VerbKey.Of(example.Verb);
        Syntax = syntax;
        Argument = argument;
        Reply = reply;
        Summary = summary;
        Rule = rule;
    }

    /// <summary>The command's case.</summary>
    public CommandKind Kind { get; }

    /// <summary>The word on the wire, in capitals.</summary>
    public string Verb { get; }

    /// <summary>The request as HELP shows it.</summary>
    public string Syntax { get; }

    /// <summary>How the text after the verb is treated.</summary>
    public ArgumentRule Argument { get; }

    /// <summary>The reply's form, in the words of the grammar.</summary>
    public string Reply { get; }

    /// <summary>One sentence for people.</summary>
    public string Summary { get; }

    /// <summary>The rule of protocol.md that it implements.</summary>
    public string Rule { get; }

    /// <summary>The verb as a number that ignores letter case.</summary>
    internal ulong Key { get; }
}
