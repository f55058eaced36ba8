using System.Text;
using LanguageExt;
using TinyTcp.Cli.Terminals;
using TinyTcp.Systems.Linux;

namespace TinyTcp.Cli.IO;

/// <summary>What the command line uses of the process, replaceable by a test.</summary>
/// <param name="StandardInput">Standard input.</param>
/// <param name="StandardOutput">Standard output as bytes.</param>
/// <param name="OpenError">Opens standard error, when it is first used: the program starts faster without it.</param>
/// <param name="Time">The clock.</param>
/// <param name="GetVariable">Gets an environment variable.</param>
internal sealed record CliEnvironment(
    Stream StandardInput,
    Stream StandardOutput,
    Func<TextWriter> OpenError,
    TimeProvider Time,
    Func<string, Option<string>> GetVariable
)
{
    /// <summary>The program's name.</summary>
    internal const string ProgramName = "tinytcp";

    // The first that is set applies.
    private static readonly string[] LocaleVariables = ["LC_ALL", "LC_CTYPE", "LANG"];

    private readonly Lazy<TextWriter> error = new(OpenError);

    /// <summary>Standard error, unbuffered.</summary>
    internal TextWriter Error => error.Value;

    /// <summary>Standard output as text, unbuffered.</summary>
    internal TextWriter Output { get; } = CreateWriter(StandardOutput);

    /// <summary>Gets which streams are a terminal.</summary>
    internal Func<Terminal> Terminal { get; init; } = static () => TinyTcp.Cli.Terminals.Terminal.None;

    /// <summary>Whether the terminal has neither cursor movement nor colors.</summary>
    internal bool IsDumbTerminal => GetVariable("TERM").Exists(static value => value == "dumb");

    /// <summary>Whether the locale's characters are those of Unicode.</summary>
    internal bool IsUnicode =>
        LocaleVariables
            .Select(name => GetVariable(name).IfNone(""))
            .FirstOrDefault(static locale => locale.Length > 0, "")
            .Replace("-", "", StringComparison.Ordinal)
            .Contains("utf8", StringComparison.OrdinalIgnoreCase);

    /// <summary>Opens the terminal's keyboard, with a callback for its signals.</summary>
    internal Func<Action<TerminalSignal>, IKeyboard> OpenKeyboard { get; init; } =
        static _ => throw new InputReadException(new IOException("There is no keyboard."));

    /// <summary>Whether an error of the output, or of the input, comes from a terminal that was closed.</summary>
    internal Func<IOException, bool> IsTerminalClosed { get; init; } = static _ => false;

    /// <summary>The environment of the process.</summary>
    internal static CliEnvironment FromProcess() =>
        new(
            new InputStream(static () => Open(StandardStreams.Input, Console.OpenStandardInput)),
            Open(StandardStreams.Output, Console.OpenStandardOutput),
            static () => CreateWriter(Open(StandardStreams.Error, Console.OpenStandardError)),
            TimeProvider.System,
            static name => Prelude.Optional(Environment.GetEnvironmentVariable(name))
        )
        {
            Terminal = TinyTcp.Cli.Terminals.Terminal.FromProcess,
            OpenKeyboard = OpenTerminalKeyboard,
            IsTerminalClosed = static failed =>
                OperatingSystem.IsLinux() && ClosedTerminal.IsReasonOf(failed),
        };

    private static IKeyboard OpenTerminalKeyboard(Action<TerminalSignal> onSignal) =>
        OperatingSystem.IsLinux()
            ? new TerminalKeyboard(onSignal)
            : new ConsoleKeyboard(Console.Out, onSignal);

    private static StreamWriter CreateWriter(Stream stream) =>
        new(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false))
        {
            AutoFlush = true,
            NewLine = "\n",
        };

    private static Stream Open(int descriptor, Func<Stream> openConsoleStream) =>
        OperatingSystem.IsLinux() ? new DescriptorStream(descriptor) : openConsoleStream();
}
