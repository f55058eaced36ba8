using System.Text;
using TinyTcp.Core.Wire;
using TinyTcp.Tests.Core.Generators;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Core.Wire;

/// <summary>One look at a line says what three say: where it ends, whether it is ASCII, and what it is.</summary>
public class LineCopyTests
{
    private const byte Other = 0xC3;

    // Enough for two strides, a block and what is shorter, each with the end on all of its places.
    private const int Longest = 170;

    [Law]
    public void It_says_what_three_looks_say(Conversation sent, byte room) =>
        SaysWhatThreeLooksSay(sent.Bytes.ToArray(), room);

    [Fact]
    public void Wherever_the_end_and_a_byte_that_is_not_ASCII_are()
    {
        for (var end = 0; end < Longest; end++)
        {
            for (var other = 0; other < Longest; other++)
            {
                SaysWhatThreeLooksSay(Line(end, other), Longest);
            }
        }
    }

    [Fact]
    public void Whatever_the_room()
    {
        for (var end = 0; end < Longest; end++)
        {
            Assert.All(
                [end - 1, end, end + 1, end + 2],
                room => SaysWhatThreeLooksSay(Line(end, Longest), room)
            );
        }
    }

    private static byte[] Line(int end, int other)
    {
        var bytes = Enumerable.Repeat((byte)'a', Longest).ToArray();
        bytes[Math.Min(other, Longest - 1)] = Other;
        bytes[end] = Grammar.Lf;
        return bytes;
    }

    private static void SaysWhatThreeLooksSay(byte[] bytes, int room)
    {
        var seen = bytes[..Math.Clamp(room, 0, bytes.Length)];
        var line = seen[..(seen.IndexOf(Grammar.Lf) + 1)];
        var copy = new byte[Math.Max(room, 0)];

        var length = LineCopy.First(bytes, copy, out var isAscii);

        Assert.Equal(line, copy[..length]);
        Assert.True(line.Length == 0 || isAscii == Ascii.IsValid(line));
    }
}
