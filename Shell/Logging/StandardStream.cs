using System.Text;
using LanguageExt;
using TinyTcp.Systems.Linux;

namespace TinyTcp.Shell.Logging;

/// <summary>
/// Standard output or standard error, for whole lines: a line that could be written only in part is ended before the next
/// one. It opens no descriptor, of which there may be none left. Thread-safe.
/// </summary>
internal sealed class StandardStream
{
    private const byte LineFeed = (byte)'\n';

    private readonly int descriptor;
    private readonly Func<Stream> open;
    private readonly Lock writing = new();
    private bool isInsideLine;

    /// <summary>Creates a stream.</summary>
    /// <param name="descriptor">Its descriptor on Linux.</param>
    /// <param name="open">Opens it on other systems.</param>
    internal StandardStream(int descriptor, Func<Stream> open)
    {
        this.descriptor = descriptor;
        this.open = open;
    }

    /// <summary>Standard output.</summary>
    public static StandardStream Output { get; } = new(StandardStreams.Output, Console.OpenStandardOutput);

    /// <summary>Standard error.</summary>
    public static StandardStream Error { get; } = new(StandardStreams.Error, Console.OpenStandardError);

    /// <summary>Writes lines. Blocks while the reader does not read.</summary>
    /// <returns>Why not all of them could be written.</returns>
    public Option<string> Write(string lines)
    {
        lock (writing)
        {
            var bytes = Encoding.UTF8.GetBytes(isInsideLine ? $"\n{lines}" : lines);
            return OperatingSystem.IsLinux() ? WriteToDescriptor(bytes) : WriteToConsole(bytes);
        }
    }

    private Option<string> WriteToDescriptor(byte[] bytes)
    {
        var error = StandardStreams.Write(descriptor, bytes, out var written);
        isInsideLine = written > 0 ? bytes[written - 1] != LineFeed : isInsideLine;
        return error.Map(static each => each.Text);
    }

    private Option<string> WriteToConsole(byte[] bytes)
    {
        try
        {
            using var stream = open();
            stream.Write(bytes);
            isInsideLine = false;
            return Option<string>.None;
        }
        catch (IOException exception)
        {
            // How much was written is unknown.
            isInsideLine = true;
            return exception.Message;
        }
    }
}
