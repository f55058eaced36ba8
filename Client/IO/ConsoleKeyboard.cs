using System.Runtime.InteropServices;
using System.Text;
using System.Threading.Channels;

namespace TinyTcp.Cli.IO;

/// <summary>The keyboard as .NET reads it, on other systems than Linux, as the bytes that a terminal sends.</summary>
internal sealed class ConsoleKeyboard : IKeyboard
{
    // .NET turns the application cursor keys on and never off.
    private const string RestoreKeys = "\u001b[?2004l\u001b[?1l\u001b>";
    private const string MarkPastes = "\u001b[?2004h";

    private readonly TextWriter output;
    private readonly IDisposable resized;

    internal ConsoleKeyboard(TextWriter output, Action<TerminalSignal> onSignal)
    {
        this.output = output;
        resized = OperatingSystem.IsWindows()
            ? Stream.Null
            : PosixSignalRegistration.Create(PosixSignal.SIGWINCH, _ => onSignal(TerminalSignal.Resized));
        SetModes();
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<ReadOnlyMemory<byte>> ReadAsync(CancellationToken cancellationToken)
    {
        var parts = Channel.CreateUnbounded<ReadOnlyMemory<byte>>();
        // Console.ReadKey cannot be cancelled: the thread ends with the process.
        new Thread(() => ReadKeys(parts.Writer)) { IsBackground = true, Name = "keys" }.Start();
        return parts.Reader.ReadAllAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public void SetModes() => output.Write(MarkPastes);

    /// <inheritdoc/>
    public bool Suspend() => false;

    /// <inheritdoc/>
    public void Dispose()
    {
        resized.Dispose();
        output.Write(RestoreKeys);
    }

    private static void ReadKeys(ChannelWriter<ReadOnlyMemory<byte>> parts)
    {
        // A character outside the Basic Multilingual Plane arrives as two keys.
        var encoder = Encoding.UTF8.GetEncoder();
        try
        {
            Console.TreatControlCAsInput = true;
            for (
                var info = Console.ReadKey(intercept: true);
                info != default;
                info = Console.ReadKey(intercept: true)
            )
            {
                var sequence = SequenceOf(info);
                var bytes = new byte[Encoding.UTF8.GetMaxByteCount(sequence.Length)];
                var length = encoder.GetBytes(sequence, bytes, flush: false);
                parts.TryWrite(bytes.AsMemory(0, length));
                if (info.Key == ConsoleKey.Escape && !Console.KeyAvailable)
                {
                    parts.TryWrite(default);
                }
            }

            parts.Complete();
        }
        catch (Exception failed) when (failed is IOException or InvalidOperationException)
        {
            parts.Complete(new InputReadException(failed));
        }
    }

    /// <summary>What xterm sends for a key.</summary>
    private static string SequenceOf(ConsoleKeyInfo key)
    {
        var modifier = key.Modifiers.HasFlag(ConsoleModifiers.Control) ? "1;5" : "";
        var isAlt =
            (key.Modifiers & (ConsoleModifiers.Alt | ConsoleModifiers.Control)) == ConsoleModifiers.Alt;
        var sequence = key.Key switch
        {
            ConsoleKey.UpArrow => $"\u001b[{modifier}A",
            ConsoleKey.DownArrow => $"\u001b[{modifier}B",
            ConsoleKey.RightArrow => $"\u001b[{modifier}C",
            ConsoleKey.LeftArrow => $"\u001b[{modifier}D",
            ConsoleKey.Home => "\u001b[H",
            ConsoleKey.End => "\u001b[F",
            ConsoleKey.Delete => "\u001b[3~",
            _ => key.KeyChar == '\0' && key.Key != ConsoleKey.None ? "" : key.KeyChar.ToString(),
        };
        return isAlt ? $"\u001b{sequence}" : sequence;
    }
}
