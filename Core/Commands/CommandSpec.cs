using System;
using System.Text;

namespace TinyTcp.Core;

/// <summary>One row of the command table.</summary>
/// <param name="Verb">The word on the wire, in capitals.</param>
/// <param name="Syntax">The request as HELP shows it.</param>
/// <param name="Argument">What becomes of the text after the verb.</param>
/// <param name="Reply">The reply's form, in the words of the grammar.</param>
/// <param name="Summary">One sentence for people.</param>
/// <param name="Rule">The rule of protocol.md that it implements.</param>
public sealed record CommandSpec(
    string Verb,
    string Syntax,
    ArgumentRule Argument,
    string Reply,
    string Summary,
    string Rule
)
{
    private readonly ReadOnlyMemory<byte> verb = Encoding.UTF8.GetBytes(Verb);

    internal ReadOnlySpan<byte> VerbBytes => verb.Span;
}
