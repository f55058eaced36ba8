using TinyTcp.Cli.Display;

namespace TinyTcp.Cli.Interactive;

/// <summary>A way for the cursor to go: by one character, by a word, or to an end. Only these exist.</summary>
internal sealed class Motion
{
    private readonly string name;
    private readonly Func<string, int, int> target;

    private Motion(string name, Func<string, int, int> target)
    {
        this.name = name;
        this.target = target;
    }

    internal static Motion Left { get; } = new("left", TextElements.Before);

    internal static Motion Right { get; } = new("right", TextElements.After);

    internal static Motion WordLeft { get; } = new("word left", WordBefore);

    internal static Motion WordRight { get; } = new("word right", WordAfter);

    internal static Motion Start { get; } = new("start", static (_, _) => 0);

    internal static Motion End { get; } = new("end", static (text, _) => text.Length);

    /// <summary>All of them.</summary>
    internal static IReadOnlyList<Motion> All { get; } = [Left, Right, WordLeft, WordRight, Start, End];

    /// <summary>Where the cursor comes to.</summary>
    internal int From(string text, int cursor) => target(text, cursor);

    /// <inheritdoc/>
    public override string ToString() => name;

    private static int WordBefore(string text, int at)
    {
        while (at > 0 && char.IsWhiteSpace(text[at - 1]))
        {
            at--;
        }

        while (at > 0 && !char.IsWhiteSpace(text[at - 1]))
        {
            at--;
        }

        return TextElements.NotBefore(text, at);
    }

    private static int WordAfter(string text, int at)
    {
        while (at < text.Length && char.IsWhiteSpace(text[at]))
        {
            at++;
        }

        while (at < text.Length && !char.IsWhiteSpace(text[at]))
        {
            at++;
        }

        return TextElements.NotBefore(text, at);
    }
}
