using System.Text;
using TinyTcp.Client;
using TinyTcp.Core.Wire;

namespace TinyTcp.Cli.Display;

/// <summary>Whatever a name or a path is made of, so that it does nothing to a terminal (N-2).</summary>
internal static class Printable
{
    /// <summary>Any characters.</summary>
    internal static string Of(string characters) => Escape.ToPrintable(Encoding.UTF8.GetBytes(characters));

    /// <summary>A target.</summary>
    internal static string Of(Target target) => Of(target.ToString());
}
