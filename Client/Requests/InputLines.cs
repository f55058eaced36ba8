using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using System.Text.Unicode;
using LanguageExt;
using TinyTcp.Cli.Errors;
using TinyTcp.Core.Sessions;
using TinyTcp.Core.Wire;

namespace TinyTcp.Cli.Requests;

/// <summary>Reads the lines of a UTF-8 input. Only LF ends a line (F-1).</summary>
internal static class InputLines
{
    private const int BufferSize = 65_536;

    /// <summary>The maximum line length: no server accepts a longer line, and none is buffered.</summary>
    internal static int MaxLength { get; } = (int)LimitTable.MaxLine.Max;

    /// <summary>Reads all lines; a line that cannot be sent is an error and ends the sequence.</summary>
    internal static IEnumerable<Either<CliError, string>> Read(
        Stream input,
        CancellationToken cancellationToken = default
    )
    {
        var reader = PipeReader.Create(
            input,
            new StreamPipeReaderOptions(bufferSize: BufferSize, leaveOpen: true)
        );
        var (isCompleted, isFailed) = (false, false);
        while (!isCompleted && !isFailed)
        {
            var read = reader.ReadAsync(cancellationToken).AsTask().GetAwaiter().GetResult();
            var rest = read.Buffer;
            isCompleted = read.IsCompleted;
            while (!isFailed && TryReadLine(ref rest, isCompleted, out var bytes))
            {
                var line = Decode(bytes);
                yield return line;
                isFailed = line.IsLeft;
            }

            reader.AdvanceTo(rest.Start, rest.End);
        }
    }

    /// <summary>Reads the lines that are not blank: a blank line gets no reply (F-3).</summary>
    internal static IEnumerable<Either<CliError, string>> ReadRequests(
        Stream input,
        CancellationToken cancellationToken = default
    ) => Read(input, cancellationToken).Where(static line => !line.Exists(Grammar.IsBlank));

    /// <summary>Takes the next line; an overlong part of a line and a last line without LF count as lines.</summary>
    private static bool TryReadLine(
        ref ReadOnlySequence<byte> rest,
        bool isCompleted,
        out ReadOnlySequence<byte> line
    )
    {
        line = rest;
        if (rest.PositionOf(Grammar.Lf) is { } end)
        {
            line = rest.Slice(0, end);
            rest = rest.Slice(rest.GetPosition(1, end));
            return true;
        }

        var isTaken = rest.Length > MaxLength || (isCompleted && !rest.IsEmpty);
        rest = isTaken ? rest.Slice(rest.End) : rest;
        return isTaken;
    }

    private static Either<CliError, string> Decode(ReadOnlySequence<byte> line)
    {
        if (line.Length > MaxLength)
        {
            return CliError.Usage(
                $"A line of the input is longer than {MaxLength} bytes, the maximum of any server. Send shorter lines."
            );
        }

        var bytes = line.ToArray();
        return Utf8.IsValid(bytes)
            ? Encoding.UTF8.GetString(bytes)
            : CliError.Usage("The input is not UTF-8. Convert it, or use 'send', which sends any bytes.");
    }
}
