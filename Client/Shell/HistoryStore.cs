using LanguageExt;
using TinyTcp.Cli.Shell.Editing;

namespace TinyTcp.Cli.Shell;

/// <summary>History while the shell runs: what there was, where it goes, and at most one complaint.</summary>
/// <param name="History">The lines of other days.</param>
/// <param name="File">Where lines go.</param>
/// <param name="Error">Why history is not kept.</param>
internal sealed record HistoryStore(History History, Option<HistoryFile> File, Option<string> Error)
{
    private const string NoDirectoryError =
        "History is not kept, because neither XDG_STATE_HOME nor HOME names a folder: set one, or say --no-history.";

    /// <summary>Nothing is kept.</summary>
    internal static HistoryStore Disabled { get; } =
        new(History.Empty, Option<HistoryFile>.None, Option<string>.None);

    /// <summary>What the environment's variables lead to.</summary>
    internal static HistoryStore Open(Func<string, Option<string>> getVariable) =>
        HistoryFile
            .Locate(getVariable)
            .Match(
                Some: static file =>
                    file.Read()
                        .Match(
                            Left: static why => Disabled with { Error = why },
                            Right: past => new HistoryStore(past, file, Option<string>.None)
                        ),
                None: static () => Disabled with { Error = NoDirectoryError }
            );

    /// <summary>Keeps a line; after the first failure no more.</summary>
    internal HistoryStore Append(string line) =>
        File.Bind(file => file.Append(line).LeftAsEnumerable().HeadOrNone())
            .Match(Some: static why => Disabled with { Error = why }, None: () => this);

    /// <summary>The same, the complaint told.</summary>
    internal HistoryStore WithoutError() => this with { Error = Option<string>.None };
}
