using FsCheck;
using FsCheck.Fluent;
using TinyTcp.Tests.Core.Generators;

namespace TinyTcp.Tests.Client.Generators;

/// <summary>Requests whose replies arrive during a pause of the client's process.</summary>
/// <param name="Requests">The requests.</param>
/// <param name="Arrived">How many of the replies arrive.</param>
/// <param name="Segmentation">How they are divided.</param>
/// <param name="Seconds">How long the pause is: at least the time-out, which is 10 s.</param>
public sealed record PausedExchange(RequestList Requests, int Arrived, Segmentation Segmentation, int Seconds)
{
    internal TimeSpan Pause => TimeSpan.FromSeconds(Seconds);

    internal static Gen<PausedExchange> Any { get; } =
        from requests in ClientGenerators.Requests
        from arrived in Gen.Choose(0, requests.Commands.Length)
        from segmentation in ConversationGenerators.Segmentation
        from seconds in Gen.Choose(10, 100)
        select new PausedExchange(requests, arrived, segmentation, seconds);

    internal static IEnumerable<PausedExchange> Shrink(PausedExchange exchange) =>
        ClientGenerators
            .Shrink(exchange.Requests)
            .Select(requests => exchange with { Requests = requests })
            .Where(static smaller => smaller.Arrived <= smaller.Requests.Commands.Length)
            .Concat(
                ConversationGenerators
                    .Shrink(exchange.Segmentation)
                    .Select(segmentation => exchange with { Segmentation = segmentation })
            );

    public override string ToString() =>
        $"{Arrived} replies arrive within {Seconds} s to {Requests}, divided as {Segmentation}";
}
