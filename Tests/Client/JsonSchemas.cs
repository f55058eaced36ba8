using System.Text.Json.Nodes;
using Json.Schema;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Client;

/// <summary>The JSON schemas in docs/schemas.</summary>
internal static class JsonSchemas
{
    /// <summary>Asserts that an output is valid by a schema.</summary>
    /// <returns>The output.</returns>
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
