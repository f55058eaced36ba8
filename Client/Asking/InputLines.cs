using System.Runtime.CompilerServices;
using System.Text;
using LanguageExt;

namespace TinyTcp.Cli.Asking;

/// <summary>The lines of an input that has to be UTF-8.</summary>
internal static class InputLines
{
    private static readonly UTF8Encoding Strict = new(
        encoderShouldEmitUTF8Identifier: false,
        throwOnInvalidBytes: true
    );

    /// <summary>One after the other, as they come; a complaint, and then no more, where it is not UTF-8.</summary>
    internal static async IAsyncEnumerable<Either<Complaint, string>> Of(
        Stream input,
        [EnumeratorCancellation] CancellationToken cancellationToken = default
    )
    {
        using var reader = new StreamReader(
            input,
            Strict,
            detectEncodingFromByteOrderMarks: false,
            leaveOpen: true
        );
        while (true)
        {
            var line = await ReadAsync(reader, cancellationToken);
            if (line.IsNone)
            {
                break;
            }

            yield return (Either<Complaint, string>)line;
            if (((Either<Complaint, string>)line).IsLeft)
            {
                break;
            }
        }
    }

    private static async Task<Option<Either<Complaint, string>>> ReadAsync(
        StreamReader reader,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return Prelude
                .Optional(await reader.ReadLineAsync(cancellationToken))
                .Map(static line => (Either<Complaint, string>)line);
        }
        catch (DecoderFallbackException)
        {
            return (Either<Complaint, string>)
                Complaint.Usage("The input is not UTF-8: convert it, or send it as it is by 'send'.");
        }
    }
}
