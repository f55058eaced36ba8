using System;
using TinyTcp.Core.Commands;
using TinyTcp.Core.Replies;
using TinyTcp.Core.Wire;

namespace TinyTcp.Core.Verbs;

/// <content>From a reply, or a client's command, to its line on the wire.</content>
public static partial class Protocol
{
    /// <summary>Writes a reply and its LF.</summary>
    /// <param name="reply">Any reply.</param>
    /// <param name="destination">Where to write.</param>
    /// <param name="written">The number of bytes written; 0 if the line does not fit.</param>
    /// <returns>False, and nothing is written, if the whole line does not fit.</returns>
    public static bool TryRender(in Reply reply, Span<byte> destination, out int written) =>
        Fits(reply.Write(destination), destination, out written);

    /// <summary>Writes a client's request and its LF.</summary>
    /// <param name="command">Any command.</param>
    /// <param name="destination">Where to write.</param>
    /// <param name="written">The number of bytes written; 0 if the line does not fit.</param>
    /// <returns>False, and nothing is written, if the whole line does not fit.</returns>
    public static bool TryRender(Command command, Span<byte> destination, out int written) =>
        Fits(LineWriter.Write(destination, command.Verb, command.Argument), destination, out written);

    /// <summary>A reply as a line of characters, without its LF.</summary>
    /// <param name="reply">Any reply.</param>
    public static string Render(in Reply reply) => reply.ToString();

    /// <summary>A client's request as a line of characters, without its LF.</summary>
    /// <param name="command">Any command.</param>
    public static string Render(Command command) => command.ToString();

    private static bool Fits(int length, Span<byte> destination, out int written)
    {
        var fits = length <= destination.Length;
        written = fits ? length : 0;
        return fits;
    }
}
