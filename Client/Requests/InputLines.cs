using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using System.Text.Unicode;
using LanguageExt;
using TinyTcp.Cli.Errors;
using TinyTcp.Core.Sessions;
using TinyTcp.Core.Wire;

namespace TinyTcp.Cli.Requests;

/// <summary>The lines of an input that has to be UTF-8. LF ends one, and nothing else does (F-1).</summary>
internal static class InputLines
{
    // What is held of an input that has no LF.
    private const int BufferSize = 65_536;

    /// <summary>No server takes a longer line, and none is held.</summary>
    internal static int MaxLength { get; } = (int)LimitTable.MaxLine.Max;

    /// <summary>One after the other, as they come; a complaint, and then no more, where one cannot be sent.</summary>
    internal static IEnumerable<Either<CliError, string>> Read(
        Stream input,
        CancellationToken cancellationToken = default
    )
    {
        var reader = PipeReader.Create(
            input,
            new StreamPipeReaderOptions(bufferSize: BufferSize, leaveOpen: true)
        );
        var (isOver, isWrong) = (false, false);
        while (!isOver && !isWrong)
        {
            var read = reader.ReadAsync(cancellationToken).AsTask().GetAwaiter().GetResult();
            var rest = read.Buffer;
            isOver = read.IsCompleted;
            while (!isWrong && TryReadLine(ref rest, isOver, out var bytes))
            {
                var line = Decode(bytes);
                yield return line;
                isWrong = line.IsLeft;
            }

            reader.AdvanceTo(rest.Start, rest.End);
        }
    }

    /// <summary>Those that are not blank: a blank line asks for nothing (F-3).</summary>
    internal static IEnumerable<Either<CliError, string>> ReadRequests(
        Stream input,
        CancellationToken cancellationToken = default
    ) => Read(input, cancellationToken).Where(static line => !line.Exists(Grammar.IsBlank));

    /// <summary>The next line; one that is too long already, or is the last and has no LF, is one, too.</summary>
    private static bool TryReadLine(
        ref ReadOnlySequence<byte> rest,
        bool isLast,
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

        var isTaken = rest.Length > MaxLength || (isLast && !rest.IsEmpty);
        rest = isTaken ? rest.Slice(rest.End) : rest;
        return isTaken;
    }

    private static Either<CliError, string> Decode(ReadOnlySequence<byte> line)
    {
        if (line.Length > MaxLength)
        {
            return CliError.Usage(
                $"A line of the input has more than {MaxLength} bytes, which no server takes: send shorter ones."
            );
        }

        var bytes = line.ToArray();
        return Utf8.IsValid(bytes)
            ? Encoding.UTF8.GetString(bytes)
            : CliError.Usage("The input is not UTF-8: convert it, or send it as it is by 'send'.");
    }
}
