using System.Text.Json.Nodes;
using Json.Schema;
using TinyTcp.Tests.Docs;
using Xunit;

namespace TinyTcp.Tests.Client.Program;

/// <summary>The published forms of JSON.</summary>
internal static class JsonSchemas
{
    /// <summary>Fails where some output is not of the form that <c>docs/schemas</c> has for it.</summary>
    /// <returns>It.</returns>
    internal static JsonNode AssertValid(string name, string output)
    {
        var schema = JsonSchema.FromText(Repository.Read($"docs/schemas/{name}.schema.json"));
        var node = JsonNode.Parse(output)!;
        var result = schema.Evaluate(node, new EvaluationOptions { OutputFormat = OutputFormat.List });
        Assert.True(
            result.IsValid,
            $"{output}: {string.Join("; ", result.Details.Where(static detail => detail.HasErrors).SelectMany(static detail => detail.Errors!.Values))}"
        );
        return node;
    }
}
