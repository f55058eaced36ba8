using System.Globalization;
using TinyTcp.Bench.Plan;

namespace TinyTcp.Bench.Runner;

/// <summary>The input files of the scenario <c>client-send</c>: the same requests in both protocols.</summary>
internal static class SendInput
{
    /// <summary>Writes both files.</summary>
    public static void Write(int requests)
    {
        using var lines = File.CreateText(ClientScenarioTable.LineInput);
        using var redis = File.CreateText(ClientScenarioTable.RedisInput);
        for (var request = 1; request <= requests; request++)
        {
            var text = string.Create(CultureInfo.InvariantCulture, $"line {request}");
            lines.Write($"ECHO {text}\n");
            redis.Write($"*2\r\n$4\r\nECHO\r\n${text.Length}\r\n{text}\r\n");
        }
    }
}
