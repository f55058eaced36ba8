using System.Text;
using TinyTcp.Client;
using TinyTcp.Core;

namespace TinyTcp.Cli.Benching.Looping;

/// <summary>
/// What one thread asks over and over, and what has to come, byte for byte: the same requests have a stream of the same
/// replies. Of a time the form has to be right; the last one that was told is expected again.
/// </summary>
internal sealed class Question
{
    // Requests that leave at once are copied from here; more of them leave in several pieces.
    private const int MostRequests = 64 * 1024;

    private readonly bool tellsTime;
    private readonly byte[] expected;

    /// <summary>Prepares it.</summary>
    /// <param name="command">What is asked.</param>
    /// <param name="depth">How many requests leave at once.</param>
    /// <param name="received">The most bytes that are received at once.</param>
    internal Question(Core.Command command, int depth, int received)
    {
        Awaits = Awaited.ReplyTo(command);
        var request = Bytes(Protocol.Render(command));
        var reply = Bytes(Protocol.Render(Protocol.Evaluate(command, default(Timestamp))));
        tellsTime = command == Core.Command.Time;
        (RequestLength, ReplyLength) = (request.Length, reply.Length);
        Requests = Repeat(request, Math.Min(depth, Math.Max(1, MostRequests / request.Length)));
        expected = Repeat(reply, (received / reply.Length) + 2);
    }

    /// <summary>What is waited for.</summary>
    internal Awaited Awaits { get; }

    /// <summary>How long a request is.</summary>
    internal int RequestLength { get; }

    /// <summary>How long a reply is.</summary>
    internal int ReplyLength { get; }

    /// <summary>Requests, one after the other.</summary>
    internal byte[] Requests { get; }

    /// <summary>How a reply begins that so many bytes have come of.</summary>
    internal ReadOnlySpan<byte> Begun(int place) => expected.AsSpan(0, place);

    /// <summary>Whether bytes are what stands at this place of the stream of replies.</summary>
    /// <param name="place">How many bytes of a reply came before them.</param>
    /// <param name="bytes">No more than are received at once.</param>
    internal bool Expects(int place, ReadOnlySpan<byte> bytes) =>
        bytes.SequenceEqual(expected.AsSpan(place, bytes.Length)) || (tellsTime && IsTime(place, bytes));

    private static byte[] Bytes(string line) => [.. Encoding.UTF8.GetBytes(line), Grammar.Lf];

    private static byte[] Repeat(byte[] bytes, int times)
    {
        var all = new byte[bytes.Length * times];
        for (var at = 0; at < all.Length; at += bytes.Length)
        {
            bytes.CopyTo(all, at);
        }

        return all;
    }

    /// <summary>Another time than the one expected: digits where digits stand, and whole lines are times indeed.</summary>
    private bool IsTime(int place, ReadOnlySpan<byte> bytes)
    {
        for (var at = 0; at < bytes.Length; at++)
        {
            if (!IsAlike(expected[place + at], bytes[at]))
            {
                return false;
            }
        }

        return IsLearnt(bytes[..(bytes.LastIndexOf(Grammar.Lf) + 1)]);
    }

    /// <summary>From now on the last whole line is expected, if there is one, and if it is a time.</summary>
    private bool IsLearnt(ReadOnlySpan<byte> lines)
    {
        if (lines.Length < ReplyLength)
        {
            return true;
        }

        var line = lines[^ReplyLength..].ToArray();
        var isTime = Protocol.Read(line.AsMemory(0, line.Length - 1)).IsRight;
        if (isTime)
        {
            Repeat(line, expected.Length / line.Length).CopyTo(expected, 0);
        }

        return isTime;
    }

    private static bool IsAlike(byte one, byte other) =>
        one == other
        || (char.IsAsciiDigit((char)one) && char.IsAsciiDigit((char)other))
        || (IsSign(one) && IsSign(other));

    private static bool IsSign(byte letter) => letter is (byte)'+' or (byte)'-';
}
