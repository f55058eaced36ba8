using System;
using System.Collections.Immutable;
using System.Text;

namespace TinyTcp.Core.Commands;

/// <summary>One row of the command table. Only the rows of <see cref="CommandTable"/> exist.</summary>
public sealed record CommandSpec
{
    private readonly ImmutableArray<byte> verb;

    internal CommandSpec(
        ReadOnlySpan<byte> verb,
        string syntax,
        ArgumentRule argument,
        string reply,
        string summary,
        string rule
    )
    {
        this.verb = [.. verb];
        Verb = Encoding.UTF8.GetString(verb);
        Syntax = syntax;
        Argument = argument;
        Reply = reply;
        Summary = summary;
        Rule = rule;
    }

    /// <summary>The word on the wire, in capitals.</summary>
    public string Verb { get; }

    /// <summary>The request as HELP shows it.</summary>
    public string Syntax { get; }

    /// <summary>What becomes of the text after the verb.</summary>
    public ArgumentRule Argument { get; }

    /// <summary>The reply's form, in the words of the grammar.</summary>
    public string Reply { get; }

    /// <summary>One sentence for people.</summary>
    public string Summary { get; }

    /// <summary>The rule of protocol.md that it implements.</summary>
    public string Rule { get; }

    internal ReadOnlySpan<byte> VerbBytes => verb.AsSpan();
}
