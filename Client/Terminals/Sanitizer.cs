using System.Text;
using TinyTcp.Client.Primitives;
using TinyTcp.Core.Wire;

namespace TinyTcp.Cli.Terminals;

/// <summary>Whatever a name or a path is made of, so that it does nothing to a terminal (N-2).</summary>
internal static class Sanitizer
{
    /// <summary>Any characters.</summary>
    internal static string Sanitize(string text) => Escape.ToPrintable(Encoding.UTF8.GetBytes(text));

    /// <summary>A target.</summary>
    internal static string Sanitize(ServerEndPoint target) => Sanitize(target.ToString());
}
