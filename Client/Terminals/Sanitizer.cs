using System.Text;
using TinyTcp.Client.Primitives;
using TinyTcp.Core.Wire;

namespace TinyTcp.Cli.Terminals;

/// <summary>Escapes control characters, so that a text cannot control a terminal (N-2).</summary>
internal static class Sanitizer
{
    internal static string Sanitize(string text) => Escape.ToPrintable(Encoding.UTF8.GetBytes(text));

    internal static string Sanitize(ServerEndPoint target) => Sanitize(target.ToString());
}
