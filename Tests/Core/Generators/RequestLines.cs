using FsCheck;
using FsCheck.Fluent;
using TinyTcp.Core.Commands;
using TinyTcp.Core.Verbs;
using TinyTcp.Tests.Support;

namespace TinyTcp.Tests.Core.Generators;

/// <summary>A request line without its LF: valid, sloppy or hostile, but always one line.</summary>
public sealed record RequestLine(ReadOnlyMemory<byte> Bytes)
{
    public override string ToString() => WireBytes.Show(Bytes.Span);
}

/// <summary>Request lines, and their shrinker.</summary>
internal static class RequestLines
{
    /// <summary>As a well-written client sends them.</summary>
    internal static Gen<byte[]> Valid { get; } =
        Values.Command.Where(static command => command != Command.Quit).Select(Rendered);

    /// <summary>A command in any letter case, white space wherever it may stand, arguments where none belong.</summary>
    internal static Gen<byte[]> Sloppy { get; } =
        from before in Texts.Edge
        from verb in Gen.Elements(CommandTable.Time, CommandTable.Echo, CommandTable.Help)
        from word in Texts.AnyCase(verb.Verb)
        from rest in Gen.Frequency((1, Gen.Constant("")), (3, Argument()))
        from after in Texts.Edge
        select WireBytes.Utf8(before + word + rest + after);

    internal static Gen<byte[]> Blank { get; } = Texts.Edge.Select(WireBytes.Utf8);

    internal static Gen<byte[]> Quit { get; } =
        from word in Texts.AnyCase(CommandTable.Quit.Verb)
        from rest in Gen.Frequency((2, Gen.Constant("")), (1, Argument()))
        select WireBytes.Utf8(word + rest);

    /// <summary>What is no command, though often nearly one.</summary>
    internal static Gen<byte[]> Unknown { get; } =
        from before in Texts.Edge
        from word in Gen.OneOf(
            Gen.Elements(
                "TIMES",
                "TIM",
                "ECHOES",
                "T IME",
                "TıME",
                "HELP,",
                "ＴＩＭＥ",
                "QU1T",
                "WELCOME",
                "\u00A0TIME"
            ),
            Texts.Trimmed
        )
        select WireBytes.Utf8(before + word);

    /// <summary>A first line of HTTP, or nearly one.</summary>
    internal static Gen<byte[]> Http { get; } =
        Gen.Elements(
                "GET / HTTP/1.1",
                "POST /x HTTP/1.0\r",
                "x HTTP/9.9",
                "ECHO see HTTP/1.1",
                "GET / HTTP/1",
                "GET / http/1.1",
                "GET /\tHTTP/1.1",
                "GET / HTTP/1x1"
            )
            .Select(WireBytes.Utf8);

    /// <summary>Bytes that are not UTF-8 somewhere in what may be a command.</summary>
    internal static Gen<byte[]> BadEncoding { get; } =
        from before in Gen.OneOf(Gen.Constant(Array.Empty<byte>()), Valid)
        from bad in Gen.Elements(
            "\xFF",
            "\xC3",
            "\xE2\x82",
            "\xED\xA0\x80",
            "\xC0\x8A",
            "\xFF\xF4\xFF\xFD\x06"
        )
        from after in Gen.OneOf(Gen.Constant(Array.Empty<byte>()), Valid)
        select (byte[])[.. before, .. WireBytes.Bytes(bad), .. after];

    /// <summary>As long as the limit, or a little shorter or longer, or much longer.</summary>
    internal static Gen<byte[]> Long { get; } =
        from over in Gen.OneOf(Gen.Choose(-2, 3), Gen.Choose(4, 200))
        from fill in Gen.Elements("x", " ", "\xFF")
        let start = "ECHO x"
        let length = Some.SmallLimits.MaxLine + over
        select WireBytes.Bytes(start + string.Concat(Enumerable.Repeat(fill, length - start.Length)));

    internal static Gen<byte[]> Any { get; } =
        Gen.Frequency(
            (6, Valid),
            (8, Sloppy),
            (2, Blank),
            (3, Unknown),
            (1, Http),
            (2, BadEncoding),
            (3, Long),
            (1, Quit)
        );

    internal static IEnumerable<byte[]> Shrink(byte[] line) =>
        Shrinking.Shorter(line).Concat(Shrinking.Plainer(line, (byte)'a'));

    private static Gen<string> Argument() =>
        from gap in Texts.Gap
        from text in Texts.Trimmed
        select gap + text;

    private static byte[] Rendered(Command command) => WireBytes.Utf8(Protocol.Render(command));
}
