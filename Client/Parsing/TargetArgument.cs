using System.CommandLine;
using LanguageExt;
using TinyTcp.Cli.Errors;
using TinyTcp.Client.Primitives;

namespace TinyTcp.Cli.Parsing;

/// <summary>The server by position: HOST:PORT and the other forms are one word, HOST PORT two.</summary>
internal sealed class TargetArgument : Argument<string[]>
{
    /// <summary>The forms of a server, for help and errors.</summary>
    internal const string Forms = "HOST:PORT, HOST PORT, tls://HOST:PORT or unix:PATH";

    /// <param name="arity">The number of words.</param>
    internal TargetArgument(ArgumentArity arity)
        : base("target")
    {
        Arity = arity;
        Description = $"The server, in place of --target: {Forms}.";
    }

    /// <summary>How many of the first words name a server; 0 if the first one cannot.</summary>
    internal static int CountIn(IReadOnlyList<string> words) =>
        words is [var host, var port, ..] && IsHostBeforePort(host, port) ? 2
        : words is [var word, ..] && word.AsSpan().ContainsAny(':', '.') ? 1
        : 0;

    /// <summary>The server that all words name.</summary>
    internal static Either<CliError, ServerEndPoint> ToTarget(IReadOnlyList<string> words) =>
        words switch
        {
            [var host, var port] when IsHostBeforePort(host, port) => HostPort
                .From(host, port)
                .Map(static server => (ServerEndPoint)new ServerEndPoint.Tcp(server))
                .MapLeft(CliError.From),
            [var word] => ServerEndPoint.From(word).MapLeft(CliError.From),
            _ => CliError.Usage($"Unexpected word {Quote.Of(words[^1])}. Remove it."),
        };

    // A host such as time is told from a command by the port behind it.
    private static bool IsHostBeforePort(string host, string port) =>
        ServerEndPoint.From(host).IsLeft
        && (
            host.Contains('.', StringComparison.Ordinal)
            || (port.Length > 0 && port.TrimStart('-').All(char.IsAsciiDigit))
        );
}
