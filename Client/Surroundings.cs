using System.Text;
using LanguageExt;
using Microsoft.Win32.SafeHandles;
using TinyTcp.Cli.Display;
using TinyTcp.Cli.Interactive;

namespace TinyTcp.Cli;

/// <summary>What a command line needs of the world, so that a test can be the world.</summary>
/// <param name="Input">Standard input.</param>
/// <param name="Bytes">Standard output, for bytes.</param>
/// <param name="OpenError">Opens where complaints go: who has none to make does without, and starts sooner.</param>
/// <param name="Time">The clock.</param>
/// <param name="Variable">The environment's variables.</param>
internal sealed record Surroundings(
    Stream Input,
    Stream Bytes,
    Func<TextWriter> OpenError,
    TimeProvider Time,
    Func<string, Option<string>> Variable
)
{
    private readonly Lazy<TextWriter> error = new(OpenError);

    /// <summary>Where complaints go: each is written at once.</summary>
    internal TextWriter Error => error.Value;

    /// <summary>Standard output, for characters: each line is written at once.</summary>
    internal TextWriter Output { get; } = ForLines(Bytes);

    /// <summary>What of it is a terminal.</summary>
    internal Func<Terminal> Terminal { get; init; } = static () => Display.Terminal.None;

    /// <summary>Whether the terminal cannot move its cursor, or has no colours.</summary>
    internal bool IsDumb => Variable("TERM").Exists(static kind => kind == "dumb");

    /// <summary>The keys that are pressed, on a terminal.</summary>
    internal Func<CancellationToken, IAsyncEnumerable<ConsoleKeyInfo>> Keys { get; init; } =
        static _ => AsyncEnumerable.Empty<ConsoleKeyInfo>();

    /// <summary>Has something called when the terminal has another size, until what it gives is disposed.</summary>
    internal Func<Action, IDisposable> OnResize { get; init; } = static _ => Stream.Null;

    /// <summary>Stops the program, until whoever runs it lets it go on; false where it cannot.</summary>
    internal Func<bool> Suspend { get; init; } = static () => false;

    /// <summary>The process's own.</summary>
    internal static Surroundings OfTheProcess() =>
        new(
            new Input(Console.OpenStandardInput),
            Open(Descriptor.Output, Console.OpenStandardOutput),
            static () => ForLines(Open(Descriptor.Error, Console.OpenStandardError)),
            TimeProvider.System,
            static name => Prelude.Optional(Environment.GetEnvironmentVariable(name))
        )
        {
            Terminal = Display.Terminal.OfTheProcess,
            Keys = Keyboard.OfTheProcess,
            OnResize = Keyboard.OnResize,
            Suspend = Keyboard.Suspend,
        };

    private static StreamWriter ForLines(Stream bytes) =>
        new(bytes, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false))
        {
            AutoFlush = true,
            NewLine = "\n",
        };

    /// <summary>
    /// Standard output, or that for errors. A pipe says when nobody reads it any more, and a terminal stays as it is: the
    /// console's stream would go on writing to nobody for ever, and change how keys speak. In a file it is the console's that
    /// writes behind whoever wrote there before, and before whoever does afterwards.
    /// </summary>
    private static Stream Open(int descriptor, Func<Stream> ofTheConsole)
    {
        if (OperatingSystem.IsLinux())
        {
            Descriptor.LetWait(descriptor);
        }

        try
        {
            var pipe = new FileStream(
                new SafeFileHandle(descriptor, ownsHandle: false),
                FileAccess.Write,
                bufferSize: 0
            );
            return OperatingSystem.IsWindows() || pipe.CanSeek ? ofTheConsole() : pipe;
        }
        catch (Exception closed)
            when (closed is IOException or ArgumentException or UnauthorizedAccessException)
        {
            return ofTheConsole();
        }
    }
}
