using FsCheck;
using FsCheck.Fluent;
using TinyTcp.Cli.Interactive;
using TinyTcp.Tests.Core.Generators;

namespace TinyTcp.Tests.Client.Interactive;

/// <summary>Any keys that somebody may press, one after the other.</summary>
public sealed record KeyPresses
{
    internal KeyPresses(Key[] keys) => Keys = keys;

    internal IReadOnlyList<Key> Keys { get; }

    /// <summary>Generates them: mostly characters, hard ones among them, and every other key.</summary>
    internal static Gen<KeyPresses> Any => AnyKey.ArrayOf().Select(static keys => new KeyPresses(keys));

    /// <summary>The editor after them, with what it was told to do.</summary>
    internal Editor On(Editor editor) =>
        Keys.Aggregate(editor, static (editor, key) => editor.Step(key).Next);

    /// <summary>The editor after them, from nothing.</summary>
    internal Editor Editor() => On(Cli.Interactive.Editor.With(History.Empty));

    internal static IEnumerable<KeyPresses> Shrink(KeyPresses presses) =>
        Shrinking.Shorter(presses.Keys.ToArray()).Select(static keys => new KeyPresses(keys));

    /// <inheritdoc/>
    public override string ToString() => string.Concat(Keys);

    private static Gen<Key> AnyKey =>
        Gen.Frequency((12, Typed), (2, Gen.Constant(Key.Accept)), (6, Gen.Elements(Others)));

    private static Gen<Key> Typed =>
        Gen.OneOf(Texts.Visible, Gen.Elements("\u0301", "\u200D", "\uFE0F", " ", "🇩", "🇪", "\u009B", "\t"))
            .Select(static text => Key.Typed(text.EnumerateRunes().First()));

    private static Key[] Others =>
        [
            .. Motion.All.SelectMany(static motion =>
                new[] { Key.Move(motion), Key.Erase(motion), Key.Kill(motion) }
            ),
            Key.Other,
            Key.Yank,
            Key.Older,
            Key.Newer,
            Key.Search,
            Key.Abandon,
            Key.Complete,
            Key.Interrupt,
            Key.DeleteOrLeave,
            Key.Clear,
            Key.Suspend,
        ];
}
