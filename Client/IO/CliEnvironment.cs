using System.Text;
using LanguageExt;
using Microsoft.Win32.SafeHandles;
using TinyTcp.Cli.Terminals;

namespace TinyTcp.Cli.IO;

/// <summary>What a command line needs of the world, so that a test can be the world.</summary>
/// <param name="StandardInput">Standard input.</param>
/// <param name="StandardOutput">Standard output, for bytes.</param>
/// <param name="OpenError">Opens where complaints go: who has none to make does without, and starts sooner.</param>
/// <param name="Time">The clock.</param>
/// <param name="GetVariable">The environment's variables.</param>
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

    private readonly Lazy<TextWriter> error = new(OpenError);

    /// <summary>Where complaints go: each is written at once.</summary>
    internal TextWriter Error => error.Value;

    /// <summary>Standard output, for characters: each line is written at once.</summary>
    internal TextWriter Output { get; } = CreateWriter(StandardOutput);

    /// <summary>What of it is a terminal.</summary>
    internal Func<Terminal> Terminal { get; init; } = static () => TinyTcp.Cli.Terminals.Terminal.None;

    /// <summary>Whether the terminal cannot move its cursor, or has no colours.</summary>
    internal bool IsDumbTerminal => GetVariable("TERM").Exists(static kind => kind == "dumb");

    /// <summary>The keys that are pressed, on a terminal.</summary>
    internal Func<CancellationToken, IAsyncEnumerable<ConsoleKeyInfo>> ReadKeys { get; init; } =
        static _ => AsyncEnumerable.Empty<ConsoleKeyInfo>();

    /// <summary>Has something called when the terminal has another size, until what it gives is disposed.</summary>
    internal Func<Action, IDisposable> OnResize { get; init; } = static _ => Stream.Null;

    /// <summary>Stops the program, until whoever runs it lets it go on; false where it cannot.</summary>
    internal Func<bool> Suspend { get; init; } = static () => false;

    /// <summary>The process's own.</summary>
    internal static CliEnvironment FromProcess() =>
        new(
            new InputStream(Console.OpenStandardInput),
            OpenOutput(Tty.StandardOutput, Console.OpenStandardOutput),
            static () => CreateWriter(OpenOutput(Tty.StandardError, Console.OpenStandardError)),
            TimeProvider.System,
            static name => Prelude.Optional(Environment.GetEnvironmentVariable(name))
        )
        {
            Terminal = TinyTcp.Cli.Terminals.Terminal.FromProcess,
            ReadKeys = Keyboard.ReadKeys,
            OnResize = Keyboard.OnResize,
            Suspend = Keyboard.Suspend,
        };

    private static StreamWriter CreateWriter(Stream stream) =>
        new(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false))
        {
            AutoFlush = true,
            NewLine = "\n",
        };

    /// <summary>
    /// Standard output, or that for errors. A pipe says when nobody reads it any more, and a terminal stays as it is: the
    /// console's stream would go on writing to nobody for ever, and change how keys speak. In a file it is the console's that
    /// writes behind whoever wrote there before, and before whoever does afterwards.
    /// </summary>
    private static Stream OpenOutput(int descriptor, Func<Stream> openConsoleStream)
    {
        if (OperatingSystem.IsLinux())
        {
            Tty.ClearNonBlocking(descriptor);
        }

        try
        {
            var pipe = new FileStream(
                new SafeFileHandle(descriptor, ownsHandle: false),
                FileAccess.Write,
                bufferSize: 0
            );
            return OperatingSystem.IsWindows() || pipe.CanSeek ? openConsoleStream() : pipe;
        }
        catch (Exception closed)
            when (closed is IOException or ArgumentException or UnauthorizedAccessException)
        {
            return openConsoleStream();
        }
    }
}
