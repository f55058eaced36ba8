using BenchmarkDotNet.Attributes;
using LanguageExt;
using TinyTcp.Core.Commands;
using TinyTcp.Core.Errors;
using TinyTcp.Core.Replies;
using TinyTcp.Core.Sessions;
using TinyTcp.Core.Verbs;

namespace TinyTcp.Bench.Micro;

/// <summary>The functions of the protocol for one request: the server's parse, evaluate and render, and the client's read.</summary>
[MemoryDiagnoser]
public class VerbBenchmarks
{
    private static readonly DateTimeOffset CurrentTime = new(2025, 9, 12, 17, 24, 13, TimeSpan.FromHours(-5));

    private readonly byte[] buffer = new byte[Session.MinOutputSize(Limits.Default)];
    private ReadOnlyMemory<byte> request;
    private ReadOnlyMemory<byte> replyLine;
    private Command command;
    private Reply reply;

    /// <summary>The request.</summary>
    [ParamsSource(nameof(Requests))]
    public Request Request { get; set; } = Micro.Request.Time;

    /// <summary>The values of <see cref="Request"/>.</summary>
    public static IEnumerable<Request> Requests => Micro.Request.All;

    /// <summary>Creates the input of each function.</summary>
    [GlobalSetup]
    public void SetUp()
    {
        command = Request.Command;
        reply = Protocol.Evaluate(command, CurrentTime);
        request = LineOf(Protocol.TryRender(command, buffer, out var requestLength), requestLength);
        replyLine = LineOf(Protocol.TryRender(reply, buffer, out var replyLength), replyLength);
    }

    /// <summary>A line to a command.</summary>
    [Benchmark]
    public Either<ErrorCode, Command> Parse() => Protocol.Parse(request);

    /// <summary>A command to a reply.</summary>
    [Benchmark]
    public Reply Evaluate() => Protocol.Evaluate(command, CurrentTime);

    /// <summary>A reply to a line.</summary>
    [Benchmark]
    public bool Render() => Protocol.TryRender(reply, buffer, out _);

    /// <summary>A line to a reply, for clients.</summary>
    [Benchmark]
    public Either<ReplyError, Reply> Read() => Protocol.Read(replyLine);

    /// <summary>The three functions of the server, composed.</summary>
    [Benchmark]
    public bool ParseEvaluateRender() =>
        Protocol.TryRender(Protocol.Evaluate(Protocol.Parse(request), CurrentTime), buffer, out _);

    // Without the LF.
    private byte[] LineOf(bool rendered, int length) => rendered ? buffer[..(length - 1)] : [];
}
