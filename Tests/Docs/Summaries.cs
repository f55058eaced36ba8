using System.Xml.Linq;
using TinyTcp.Core.Verbs;

namespace TinyTcp.Tests.Docs;

/// <summary>The XML documentation of Core's enum values.</summary>
internal static class Summaries
{
    private static readonly XDocument Documentation = XDocument.Load(
        Path.ChangeExtension(typeof(Protocol).Assembly.Location, ".xml")
    );

    internal static string Of<T>(T value)
        where T : struct, Enum =>
        Documentation
            .Descendants("member")
            .Single(member =>
                string.Equals(
                    (string?)member.Attribute("name"),
                    $"F:{typeof(T).FullName}.{value}",
                    StringComparison.Ordinal
                )
            )
            .Element("summary")!
            .Value.Trim()
            .TrimEnd('.');
}
