using FsCheck;
using FsCheck.Fluent;
using TinyTcp.Core.Commands;
using TinyTcp.Core.Verbs;
using TinyTcp.Tests.Support;

namespace TinyTcp.Tests.Core.Generators;

/// <summary>A request line without its LF, valid or not.</summary>
public sealed record RequestLine(ReadOnlyMemory<byte> Bytes)
{
    public override string ToString() => WireBytes.Show(Bytes.Span);
}

/// <summary>Generates and shrinks request lines.</summary>
internal static class RequestLines
{
    /// <summary>Requests other than QUIT, as Render writes them.</summary>
    internal static Gen<byte[]> Valid { get; } =
        Values.Command.Where(static command => command != Command.Quit).Select(RenderToBytes);

    /// <summary>Commands in any letter case, with extra white space, with and without an argument.</summary>
    internal static Gen<byte[]> Irregular { get; } =
        from before in Texts.Padding
        from verb in Gen.Elements(CommandTable.Time, CommandTable.Echo, CommandTable.Help)
        from word in Texts.AnyCase(verb.Verb)
        from argument in Gen.Frequency((1, Gen.Constant("")), (3, Argument()))
        from after in Texts.Padding
        select WireBytes.Utf8(before + word + argument + after);

    internal static Gen<byte[]> Blank { get; } = Texts.Padding.Select(WireBytes.Utf8);

    internal static Gen<byte[]> Quit { get; } =
        from word in Texts.AnyCase(CommandTable.Quit.Verb)
        from argument in Gen.Frequency((2, Gen.Constant("")), (1, Argument()))
        select WireBytes.Utf8(word + argument);

    /// <summary>Lines that are not commands, often almost one.</summary>
    internal static Gen<byte[]> Unknown { get; } =
        from before in Texts.Padding
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

    /// <summary>The first line of an HTTP request, or almost one.</summary>
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

    /// <summary>Lines with bytes that are not UTF-8, before, after or between commands.</summary>
    internal static Gen<byte[]> BadEncoding { get; } =
        from before in Gen.OneOf(Gen.Constant(Array.Empty<byte>()), Valid)
        from invalid in Gen.Elements(
            "\xFF",
            "\xC3",
            "\xE2\x82",
            "\xED\xA0\x80",
            "\xC0\x8A",
            "\xFF\xF4\xFF\xFD\x06"
        )
        from after in Gen.OneOf(Gen.Constant(Array.Empty<byte>()), Valid)
        select (byte[])[.. before, .. WireBytes.Bytes(invalid), .. after];

    /// <summary>Lines about as long as the limit, or much longer.</summary>
    internal static Gen<byte[]> Long { get; } =
        from excess in Gen.OneOf(Gen.Choose(-2, 3), Gen.Choose(4, 200))
        from fill in Gen.Elements("x", " ", "\xFF")
        let start = "ECHO x"
        let length = TestValues.SmallLimits.MaxLine + excess
        select WireBytes.Bytes(start + string.Concat(Enumerable.Repeat(fill, length - start.Length)));

    internal static Gen<byte[]> Any { get; } =
        Gen.Frequency(
            (6, Valid),
            (8, Irregular),
            (2, Blank),
            (3, Unknown),
            (1, Http),
            (2, BadEncoding),
            (3, Long),
            (1, Quit)
        );

    internal static IEnumerable<byte[]> Shrink(byte[] line) =>
        Shrinking.Shorter(line).Concat(Shrinking.Simpler(line, (byte)'a'));

    private static Gen<string> Argument() =>
        from separator in Texts.Separator
        from text in Texts.Trimmed
        select separator + text;

    private static byte[] RenderToBytes(Command command) => WireBytes.Utf8(Protocol.Render(command));
}
