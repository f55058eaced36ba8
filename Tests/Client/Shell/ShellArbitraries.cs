using FsCheck;
using FsCheck.Fluent;

namespace TinyTcp.Tests.Client.Shell;

/// <summary>The generators and shrinkers of the shell's laws.</summary>
public static class ShellArbitraries
{
    public static Arbitrary<EditorActions> Actions() => Arb.From(EditorActions.Any, EditorActions.Shrink);

    public static Arbitrary<LineEdit> LineEdit() => Arb.From(Shell.LineEdit.Any, Shell.LineEdit.Shrink);

    public static Arbitrary<HistorySearch> HistorySearch() =>
        Arb.From(Shell.HistorySearch.Any, Shell.HistorySearch.Shrink);

    public static Arbitrary<TerminalWidth> TerminalWidth() =>
        Arb.From(Shell.TerminalWidth.Any, Shell.TerminalWidth.Shrink);
}
