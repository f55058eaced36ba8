using LanguageExt;

namespace TinyTcp.Cli.Interactive;

/// <summary>History while the shell runs: what there was, where it goes, and at most one complaint.</summary>
/// <param name="Past">The lines of other days.</param>
/// <param name="File">Where lines go.</param>
/// <param name="Complaint">Why history is not kept.</param>
internal sealed record Memory(History Past, Option<HistoryFile> File, Option<string> Complaint)
{
    private const string Nowhere =
        "History is not kept, because neither XDG_STATE_HOME nor HOME names a folder: set one, or say --no-history.";

    /// <summary>Nothing is kept.</summary>
    internal static Memory None { get; } = new(History.Empty, Option<HistoryFile>.None, Option<string>.None);

    /// <summary>What the environment's variables lead to.</summary>
    internal static Memory Of(Func<string, Option<string>> variable) =>
        HistoryFile
            .Find(variable)
            .Match(
                Some: static file =>
                    file.Read()
                        .Match(
                            Left: static why => None with { Complaint = why },
                            Right: past => new Memory(past, file, Option<string>.None)
                        ),
                None: static () => None with { Complaint = Nowhere }
            );

    /// <summary>Keeps a line; after the first failure no more.</summary>
    internal Memory With(string line) =>
        File.Bind(file => file.Add(line).LeftAsEnumerable().HeadOrNone())
            .Match(Some: static why => None with { Complaint = why }, None: () => this);

    /// <summary>The same, the complaint told.</summary>
    internal Memory Told() => this with { Complaint = Option<string>.None };
}
