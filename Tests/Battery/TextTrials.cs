using System.Collections.Immutable;
using System.Text;
using TinyTcp.Tests.Server;
using Xunit;

namespace TinyTcp.Tests.Battery;

/// <summary>Texts that often cause faults: valid UTF-8 is echoed byte for byte, anything else is an error.</summary>
internal static class TextTrials
{
    private const string BadEncoding = "ERROR BAD_ENCODING\n";

    internal static ImmutableArray<Trial> Rows { get; } =
    [
        Valid("NUL in a line", "a\0b"),
        Valid("line ends other than LF", "a\rb\u0085c\u2028d\u2029e\vf\fg"),
        Valid("terminal escape sequences", "\x1b[2J\x1b]0;title\a\x9b5A\b\b\x7f"),
        Valid("right-to-left overrides", "\u202Eevil\u2066x"),
        Invalid(
            "overlong UTF-8",
            [
                [0xC0, 0xAF],
                [0xE0, 0x80, 0xAF],
                [0xF0, 0x80, 0x80, 0xAF],
                [0xC1, 0xBF],
            ]
        ),
        Invalid(
            "surrogates and code points above U+10FFFF",
            [
                [0xED, 0xA0, 0x80],
                [0xED, 0xBF, 0xBF],
                [0xF4, 0x90, 0x80, 0x80],
                [0xF8, 0x88, 0x80, 0x80, 0x80],
            ]
        ),
        Invalid(
            "truncated UTF-8",
            [
                [0xE2, 0x82],
                [0xC3],
                [0xF0, 0x9F, 0x98],
                [0x80],
            ]
        ),
        Invalid(
            "bytes that never occur in UTF-8",
            [
                [0xFE],
                [0xFF],
                [0xFE, 0xFF],
            ]
        ),
    ];

    private static Trial Valid(string name, string text) =>
        new(
            name,
            [],
            async (server, _) =>
            {
                var request = Encoding.Latin1.GetString(Encoding.UTF8.GetBytes($"ECHO {text}\n"));
                Assert.Equal(
                    new($"{Simulation.Greeting}{request}", IsReset: false),
                    await server.Exchange(request)
                );
                return "echoed byte for byte";
            }
        );

    private static Trial Invalid(string name, byte[][] texts) =>
        new(
            name,
            [],
            async (server, _) =>
            {
                var requests = texts.Select(static text => $"ECHO {Encoding.Latin1.GetString(text)}\n");
                var replies = string.Concat(Enumerable.Repeat(BadEncoding, texts.Length));
                Assert.Equal(
                    new($"{Simulation.Greeting}{replies}", IsReset: false),
                    await server.Exchange(string.Concat(requests))
                );
                return $"{texts.Length} of {texts.Length} received BAD_ENCODING";
            }
        );
}
