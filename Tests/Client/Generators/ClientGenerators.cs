using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using TinyTcp.Core.Commands;
using TinyTcp.Core.Verbs;
using TinyTcp.Core.Wire;
using TinyTcp.Tests.Core.Generators;

namespace TinyTcp.Tests.Client.Generators;

/// <summary>Requests other than QUIT; at least one.</summary>
public sealed record RequestList(ImmutableArray<Command> Commands)
{
    public IEnumerable<string> Lines => Commands.Select(Protocol.Render);

    public override string ToString() => string.Join(" | ", Lines);
}

/// <summary>A value of MaxPendingRequests that is soon reached.</summary>
public sealed record PendingLimit(int Value);

/// <summary>Texts of ECHO requests, no two of them equal, and a defect in the replies.</summary>
public sealed record FaultyExchange(ImmutableArray<LineText> Words, ReplyDefect Defect)
{
    public string[] Texts => [.. Words.Select(static (word, index) => $"{index} {word}")];

    public override string ToString() => $"{Defect} of {string.Join(" | ", Texts)}";
}

/// <summary>The number of failures in a row and the jitter of a delay before a reconnect.</summary>
public sealed record BackoffCase(int Failures, double Jitter);

/// <summary>Generates and shrinks the inputs of the client's laws.</summary>
internal static class ClientGenerators
{
    private static readonly string[] OtherLines =
    [
        "ECHO another\n",
        "TIME 2025-09-12T17:24:13-05:00\n",
        "BYE\n",
        "OK\n",
        "\n",
    ];

    internal static Gen<RequestList> Requests { get; } =
        from size in Size(2)
        from commands in Values.Command.Where(static command => command != Command.Quit).ArrayOf(size)
        select new RequestList([.. commands]);

    internal static Gen<PendingLimit> PendingLimit { get; } =
        Gen.Choose(1, 4).Select(static value => new PendingLimit(value));

    internal static Gen<FaultyExchange> FaultyExchange { get; } =
        from size in Size(2)
        from words in Texts.Text.ArrayOf(size)
        from defect in Defect(size)
        select new FaultyExchange([.. words], defect);

    /// <summary>Delays reach their maximum at the eighth failure.</summary>
    internal static Gen<BackoffCase> BackoffCase { get; } =
        from failures in Gen.Frequency((4, Gen.Choose(0, 8)), (1, Gen.Choose(9, 2_000)))
        from percent in Gen.Choose(0, 100)
        select new BackoffCase(failures, percent / 100.0);

    internal static IEnumerable<RequestList> Shrink(RequestList requests) =>
        Shrinking
            .Shorter(requests.Commands)
            .Concat(Shrinking.Within(requests.Commands, Values.Shrink))
            .Where(static commands =>
                commands.Length > 0 && commands.All(static command => command != Command.Quit)
            )
            .Select(static commands => new RequestList([.. commands]));

    internal static IEnumerable<PendingLimit> Shrink(PendingLimit limit) =>
        limit.Value > 1 ? [new PendingLimit(limit.Value - 1)] : [];

    /// <summary>Fewer and simpler texts, and a defect nearer to the start.</summary>
    internal static IEnumerable<FaultyExchange> Shrink(FaultyExchange exchange)
    {
        var earlier =
            exchange.Defect.Index > 0
                ? new[]
                {
                    exchange with
                    {
                        Defect = exchange.Defect with { Index = exchange.Defect.Index - 1 },
                    },
                }
                : [];
        return Shrinking
            .Shorter(exchange.Words)
            .Concat(Shrinking.Within(exchange.Words, Texts.Shrink))
            .Select(words => exchange with { Words = [.. words] })
            .Concat(earlier)
            .Where(static smaller => smaller.Defect.Index < smaller.Words.Length - 1);
    }

    private static Gen<ReplyDefect> Defect(int count) =>
        Gen.OneOf(
            Gen.Choose(0, count - 1).Select(static index => (ReplyDefect)new ReplyDefect.Drop(index)),
            Gen.Choose(0, count - 2).Select(static index => (ReplyDefect)new ReplyDefect.Swap(index)),
            Gen.Choose(0, count - 1).Select(static index => (ReplyDefect)new ReplyDefect.Duplicate(index)),
            from index in Gen.Choose(0, count - 1)
            from line in Gen.Elements(OtherLines)
            select (ReplyDefect)new ReplyDefect.Alter(index, line)
        );

    private static Gen<int> Size(int min) => Gen.Sized(size => Gen.Choose(min, 8 + (size / 4)));
}
