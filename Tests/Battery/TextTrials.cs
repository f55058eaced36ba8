using System.Collections.Immutable;
using System.Text;
using TinyTcp.Tests.Server;
using Xunit;

namespace TinyTcp.Tests.Battery;

/// <summary>Texts that others have stumbled over: what is UTF-8 comes back byte for byte, what is not is named.</summary>
internal static class TextTrials
{
    private const string Bad = "ERROR BAD_ENCODING\n";

    internal static ImmutableArray<Trial> Rows { get; } =
    [
        ComesBack("NUL in a line", "a\0b"),
        ComesBack("line ends that are none", "a\rb\u0085c\u2028d\u2029e\vf\fg"),
        ComesBack("sequences that move a terminal's cursor", "\x1b[2J\x1b]0;title\a\x9b5A\b\b\x7f"),
        ComesBack("text that is turned round", "\u202Eevil\u2066x"),
        Refused(
            "overlong UTF-8",
            [
                [0xC0, 0xAF],
                [0xE0, 0x80, 0xAF],
                [0xF0, 0x80, 0x80, 0xAF],
                [0xC1, 0xBF],
            ]
        ),
        Refused(
            "surrogates and what follows Unicode's end",
            [
                [0xED, 0xA0, 0x80],
                [0xED, 0xBF, 0xBF],
                [0xF4, 0x90, 0x80, 0x80],
                [0xF8, 0x88, 0x80, 0x80, 0x80],
            ]
        ),
        Refused(
            "UTF-8 that is cut",
            [
                [0xE2, 0x82],
                [0xC3],
                [0xF0, 0x9F, 0x98],
                [0x80],
            ]
        ),
        Refused(
            "bytes that are never UTF-8",
            [
                [0xFE],
                [0xFF],
                [0xFE, 0xFF],
            ]
        ),
    ];

    private static Trial ComesBack(string name, string text) =>
        new(
            name,
            [],
            async (target, _) =>
            {
                var request = Encoding.Latin1.GetString(Encoding.UTF8.GetBytes($"ECHO {text}\n"));
                Assert.Equal(
                    new($"{Simulation.Greeting}{request}", IsReset: false),
                    await target.Says(request)
                );
                return "came back byte for byte";
            }
        );

    private static Trial Refused(string name, byte[][] texts) =>
        new(
            name,
            [],
            async (target, _) =>
            {
                var requests = texts.Select(static text => $"ECHO {Encoding.Latin1.GetString(text)}\n");
                var replies = string.Concat(Enumerable.Repeat(Bad, texts.Length));
                Assert.Equal(
                    new($"{Simulation.Greeting}{replies}", IsReset: false),
                    await target.Says(string.Concat(requests))
                );
                return $"{texts.Length} of {texts.Length} told BAD_ENCODING";
            }
        );
}
