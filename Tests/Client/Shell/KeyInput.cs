namespace TinyTcp.Tests.Client.Shell;

/// <summary>Keys as a terminal sends them.</summary>
internal static class KeyInput
{
    internal const string Enter = "\r";

    internal const string Tab = "\t";

    internal const string Escape = "\u001b";

    internal const string Up = "\u001b[A";

    internal const string Down = "\u001b[B";

    internal const string Left = "\u001b[D";

    internal const string CtrlLeft = "\u001b[1;5D";

    internal const string PasteStart = "\u001b[200~";

    internal const string PasteEnd = "\u001b[201~";

    /// <summary>The keys of a line and Enter.</summary>
    internal static string Line(string text) => text + Enter;

    internal static string Ctrl(char letter) => ((char)(letter & 0x1F)).ToString();
}
