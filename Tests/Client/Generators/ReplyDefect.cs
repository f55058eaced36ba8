namespace TinyTcp.Tests.Client.Generators;

/// <summary>One defect in the replies of a server.</summary>
/// <param name="Index">The reply that has it.</param>
public abstract record ReplyDefect(int Index)
{
    /// <summary>The number of replies before the first wrong one.</summary>
    public virtual int CorrectReplies => Index;

    /// <summary>Puts the defect into the correct replies.</summary>
    public abstract IEnumerable<string> Apply(string[] replies);

    /// <summary>A reply is missing.</summary>
    public sealed record Drop(int Index) : ReplyDefect(Index)
    {
        public override IEnumerable<string> Apply(string[] replies) =>
            [.. replies[..Index], .. replies[(Index + 1)..]];
    }

    /// <summary>A reply comes after the next one.</summary>
    public sealed record Swap(int Index) : ReplyDefect(Index)
    {
        public override IEnumerable<string> Apply(string[] replies) =>
            [.. replies[..Index], replies[Index + 1], replies[Index], .. replies[(Index + 2)..]];
    }

    /// <summary>A reply comes twice.</summary>
    public sealed record Duplicate(int Index) : ReplyDefect(Index)
    {
        public override int CorrectReplies => Index + 1;

        public override IEnumerable<string> Apply(string[] replies) =>
            [.. replies[..CorrectReplies], .. replies[Index..]];
    }

    /// <summary>Another line comes instead of a reply.</summary>
    public sealed record Alter(int Index, string Line) : ReplyDefect(Index)
    {
        public override IEnumerable<string> Apply(string[] replies) =>
            [.. replies[..Index], Line, .. replies[(Index + 1)..]];
    }
}
