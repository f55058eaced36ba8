using System.CommandLine;
using System.Globalization;
using LanguageExt;
using TinyTcp.Client;
using TinyTcp.Core.Commands;
using TinyTcp.Core.Wire;
using Command = System.CommandLine.Command;

namespace TinyTcp.Cli.Benching;

/// <summary>The options that say what load there is to be, and what they come to.</summary>
internal sealed class LoadOptions
{
    private const int MostConnections = 20_000;
    private const int MostDepth = 10_000;
    private const int MostUnderWay = 10_000_000;
    private const int MostSize = 65_000;
    private const int MostRate = 100_000_000;

    private static readonly IEnumerable<string> Requests = [Verb(CommandTable.Echo), Verb(CommandTable.Time)];

    private readonly ValueOption connections = Value(
        "--connections",
        "N",
        string.Create(
            CultureInfo.InvariantCulture,
            $"How many connections ask, up to {MostConnections:N0}; 50 unless given."
        )
    );

    private readonly ValueOption depth = Value(
        "--depth",
        "N",
        "How many requests each has under way: in a closed loop a batch of so many, with --rate at most so many; 1 unless given."
    );

    private readonly ValueOption request = Value(
        "--request",
        "VERB",
        $"What is asked: {string.Join(" or ", Requests)}; {Verb(CommandTable.Echo)} unless given."
    );

    private readonly ValueOption size = Value(
        "--size",
        "BYTES",
        "How long the text to echo is; 5 unless given."
    );

    private readonly ValueOption rate = Value(
        "--rate",
        "N",
        "Open loop: so many requests a second, whether replies come or not. Without it, closed loop: as many as are answered."
    );

    private readonly ValueOption warmUp = Value(
        "--warmup",
        "SECONDS",
        "How long it goes on before anything counts; 1 unless given."
    );

    private readonly ValueOption seconds = Value(
        "--seconds",
        "SECONDS",
        "How long it counts; 10 unless given."
    );

    /// <summary>Puts them on a command.</summary>
    internal void AddTo(Command command)
    {
        request.CompletionSources.Add([.. Requests]);
        new[] { connections, depth, request, size, rate, warmUp, seconds }
            .ToList()
            .ForEach(command.Options.Add);
    }

    /// <summary>Judges them.</summary>
    internal Either<Complaint, Load> Read(ParseResult parsed)
    {
        var judged = new Judged();
        var count = judged.Take(Whole(parsed, connections, "number of connections", 50, MostConnections), 1);
        var each = judged.Take(Whole(parsed, depth, "depth", 1, MostDepth), 1);
        judged.Take(Fits(count, each), true);
        var load = new Load(
            judged.Take(Asked(parsed), Core.Commands.Command.Time),
            count,
            each,
            judged.Take(Rated(parsed), default),
            judged.Take(Numbers.SecondsOrNone("warm-up", parsed.GetValue(warmUp) ?? "1"), default),
            judged.Take(Numbers.Seconds("number of seconds", parsed.GetValue(seconds) ?? "10"), default)
        );
        return judged.Of(load);
    }

    /// <summary>An option that takes a value.</summary>
    internal static ValueOption Value(string name, string value, string description) =>
        new(name) { Description = description, HelpName = value };

    private static string Verb(CommandSpec spec) => spec.Verb.ToLowerInvariant();

    private static Either<Complaint, int> Whole(
        ParseResult parsed,
        ValueOption option,
        string what,
        int unlessGiven,
        int most
    ) =>
        parsed.GetValue(option) is { } written
            ? Numbers.Whole(what, written, most).Map(static number => (int)number)
            : Math.Min(unlessGiven, most);

    private static Either<Complaint, bool> Fits(int connections, int depth) =>
        (long)connections * depth <= MostUnderWay
            ? true
            : Complaint.Usage(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{connections} connections of depth {depth} are too many requests under way: give fewer, {MostUnderWay} in all."
                )
            );

    private Either<Complaint, LanguageExt.Option<long>> Rated(ParseResult parsed) =>
        parsed.GetValue(rate) is { } written
            ? Numbers.Whole("rate", written, MostRate).Map(Prelude.Some)
            : LanguageExt.Option<long>.None;

    private Either<Complaint, Core.Commands.Command> Asked(ParseResult parsed)
    {
        var verb = parsed.GetValue(request) ?? Verb(CommandTable.Echo);
        return !Requests.Contains(verb, StringComparer.Ordinal)
                ? Complaint.Usage($"The request is {Quote.Of(verb)}: give {string.Join(" or ", Requests)}.")
            : verb == Verb(CommandTable.Echo) ? Echo(Whole(parsed, size, "size", 5, MostSize))
            : parsed.GetValue(size) is null ? Core.Commands.Command.Time
            : Complaint.Usage($"A size is given, and {verb} has no text: leave one of them out.");
    }

    private static Either<Complaint, Core.Commands.Command> Echo(Either<Complaint, int> size)
    {
        if (size.IsLeft)
        {
            return (Complaint)size;
        }

        var text = LineText.From(new string('x', (int)size));
        return text.IsSome
            ? Core.Commands.Command.Echo((LineText)text)
            : Complaint.Usage("The text cannot be echoed.");
    }
}
