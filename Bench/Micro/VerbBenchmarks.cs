using BenchmarkDotNet.Attributes;
using LanguageExt;
using TinyTcp.Core.Commands;
using TinyTcp.Core.Errors;
using TinyTcp.Core.Replies;
using TinyTcp.Core.Sessions;
using TinyTcp.Core.Verbs;

namespace TinyTcp.Bench.Micro;

/// <summary>The verbs of the protocol, one line each, from the client's request to the client's reading of the reply.</summary>
[MemoryDiagnoser]
public class VerbBenchmarks
{
    private static readonly DateTimeOffset Moment = new(2025, 9, 12, 17, 24, 13, TimeSpan.FromHours(-5));

    private readonly byte[] room = new byte[Session.MinOutputSize(Limits.Default)];
    private ReadOnlyMemory<byte> request;
    private ReadOnlyMemory<byte> replyLine;
    private Command command;
    private Reply reply;

    /// <summary>What is asked.</summary>
    [ParamsSource(nameof(Requests))]
    public Request Asked { get; set; } = Request.Time;

    /// <summary>The requests that the server is measured with.</summary>
    public static IEnumerable<Request> Requests => Request.All;

    /// <summary>Makes what each verb works on.</summary>
    [GlobalSetup]
    public void SetUp()
    {
        command = Asked.Command;
        reply = Protocol.Evaluate(command, Moment);
        request = LineOf(Protocol.TryRender(command, room, out var asked), asked);
        replyLine = LineOf(Protocol.TryRender(reply, room, out var answered), answered);
    }

    /// <summary>A line to a command.</summary>
    [Benchmark]
    public Either<ErrorCode, Command> Parse() => Protocol.Parse(request);

    /// <summary>A command to a reply.</summary>
    [Benchmark]
    public Reply Evaluate() => Protocol.Evaluate(command, Moment);

    /// <summary>A reply to a line.</summary>
    [Benchmark]
    public bool Render() => Protocol.TryRender(reply, room, out _);

    /// <summary>A line to a reply, for clients.</summary>
    [Benchmark]
    public Either<ReplyError, Reply> Read() => Protocol.Read(replyLine);

    /// <summary>All three of the server's, as they are composed.</summary>
    [Benchmark]
    public bool ParseEvaluateRender() =>
        Protocol.TryRender(Protocol.Evaluate(Protocol.Parse(request), Moment), room, out _);

    // Without its LF.
    private byte[] LineOf(bool rendered, int length) => rendered ? room[..(length - 1)] : [];
}
