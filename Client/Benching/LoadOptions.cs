using System.CommandLine;
using System.Globalization;
using LanguageExt;
using TinyTcp.Core;
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
    private const int MostThreads = 64;

    private static readonly IEnumerable<string> Requests = [Verb(CommandTable.Echo), Verb(CommandTable.Time)];

    private readonly ValueOption connections = Value(
        "--connections",
        "N",
        "How many connections ask; 50 unless given. From one address to one port there are some 28,000 at most."
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

    private readonly ValueOption threads = Value(
        "--threads",
        "N",
        "How many threads share the connections; 1 unless given."
    );

    /// <summary>Puts them on a command.</summary>
    internal void AddTo(Command command) =>
        new[] { connections, depth, request, size, rate, warmUp, seconds, threads }
            .ToList()
            .ForEach(command.Options.Add);

    /// <summary>Judges them.</summary>
    internal Either<Complaint, Load> Read(ParseResult parsed)
    {
        var judged = new Judged();
        var lines = judged.Take(Whole(parsed, connections, "number of connections", 50, MostConnections), 1);
        var each = judged.Take(Whole(parsed, depth, "depth", 1, MostDepth), 1);
        judged.Take(Fits(lines, each), true);
        var load = new Load(
            judged.Take(Asked(parsed), Core.Command.Time),
            lines,
            each,
            judged.Take(Rated(parsed), default),
            judged.Take(Lasting(parsed, warmUp, "warm-up", 1), default),
            judged.Take(Lasting(parsed, seconds, "number of seconds", 10), default),
            judged.Take(Whole(parsed, threads, "number of threads", 1, Math.Min(MostThreads, lines)), 1)
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
    ) => parsed.GetValue(option) is { } written ? Whole(what, written, most) : Math.Min(unlessGiven, most);

    private static Either<Complaint, int> Whole(string what, string written, int most) =>
        int.TryParse(written, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && number >= 1
        && number <= most
            ? number
            : Complaint.Usage(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The {what} is '{written}': give a whole number from 1 to {most}."
                )
            );

    private static Either<Complaint, bool> Fits(int connections, int depth) =>
        (long)connections * depth <= MostUnderWay
            ? true
            : Complaint.Usage(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{connections} connections of depth {depth} are too many requests under way: give fewer, {MostUnderWay} in all."
                )
            );

    private static Either<Complaint, TimeSpan> Lasting(
        ParseResult parsed,
        ValueOption option,
        string what,
        int unlessGiven
    ) =>
        parsed.GetValue(option) switch
        {
            null => TimeSpan.FromSeconds(unlessGiven),
            "0" when option.Name == "--warmup" => TimeSpan.Zero,
            var written => CallOptions.Seconds(what, written),
        };

    private Either<Complaint, LanguageExt.Option<long>> Rated(ParseResult parsed)
    {
        if (parsed.GetValue(rate) is not { } written)
        {
            return LanguageExt.Option<long>.None;
        }

        var number = Whole("rate", written, MostRate);
        return number.IsRight ? Prelude.Some((long)(int)number) : (Complaint)number;
    }

    private Either<Complaint, Core.Command> Asked(ParseResult parsed)
    {
        var verb = parsed.GetValue(request) ?? Verb(CommandTable.Echo);
        return !Requests.Contains(verb, StringComparer.Ordinal)
                ? Complaint.Usage($"The request is '{verb}': give {string.Join(" or ", Requests)}.")
            : verb == Verb(CommandTable.Echo) ? Echo(Whole(parsed, size, "size", 5, MostSize))
            : parsed.GetValue(size) is null ? Core.Command.Time
            : Complaint.Usage($"A size is given, and {verb} has no text: leave one of them out.");
    }

    private static Either<Complaint, Core.Command> Echo(Either<Complaint, int> size)
    {
        if (size.IsLeft)
        {
            return (Complaint)size;
        }

        var text = Text.From(new string('x', (int)size));
        return text.IsSome ? Core.Command.Echo((Text)text) : Complaint.Usage("The text cannot be echoed.");
    }
}
