using System.Text.Json.Serialization;
using LanguageExt;
using TinyTcp.Client;

namespace TinyTcp.Cli.Asking;

/// <summary>How an answer is printed.</summary>
internal enum AnswerStyle
{
    /// <summary>The reply's line, with what a terminal could take amiss escaped.</summary>
    Printable,

    /// <summary>The reply's line as it came.</summary>
    Bytes,

    /// <summary>All lines, as a transcript.</summary>
    Conversation,

    /// <summary>An object of JSON.</summary>
    Json,
}

/// <summary>An answer for programs; docs/schemas/answer.schema.json says what its parts mean.</summary>
internal sealed record Answer(
    string Target,
    string? Request,
    string? Reply,
    Failure? Error,
    double? ConnectMilliseconds,
    double? ReplyMilliseconds
);

/// <summary>What went wrong, for programs.</summary>
/// <param name="Code">Its name: a row of the client's errors, or of the protocol's.</param>
/// <param name="Fault">Whose fault it is.</param>
/// <param name="Sentence">For people.</param>
/// <param name="ExitCode">How the program ends by it.</param>
internal sealed record Failure(string Code, string Fault, string Sentence, int ExitCode)
{
    internal static Failure? Of(Option<ClientError> error) =>
        error
            .Map(static known => new Failure(
                known.Code,
                known.Fault.ToString(),
                known.Sentence,
                ExitCodes.Of(known).Code
            ))
            .MatchUnsafe(Some: static failure => failure, None: static () => null);
}

/// <summary>The forms of JSON that are written.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Answer))]
internal sealed partial class AnswerJson : JsonSerializerContext;
