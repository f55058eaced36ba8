using System.Text;
using TinyTcp.Core.Errors;
using TinyTcp.Core.Replies;
using TinyTcp.Core.Verbs;
using TinyTcp.Core.Wire;

namespace TinyTcp.Tests.Support;

/// <summary>Converts between characters and bytes on the wire: one byte per character (Latin-1).</summary>
internal static class WireBytes
{
    internal static byte[] Bytes(string latin1) => Encoding.Latin1.GetBytes(latin1);

    internal static byte[] Utf8(string characters) => Encoding.UTF8.GetBytes(characters);

    internal static string Characters(ReadOnlySpan<byte> bytes) => Encoding.Latin1.GetString(bytes);

    internal static string Show(ReadOnlySpan<byte> bytes) => $"\"{Escape.ToPrintable(bytes)}\"";

    /// <summary>A reply as a line, with its LF.</summary>
    internal static string Line(Reply reply) => Characters(Utf8(Protocol.Render(reply) + "\n"));

    internal static string Line(ErrorCode error) => Line(Reply.Error(error));
}
