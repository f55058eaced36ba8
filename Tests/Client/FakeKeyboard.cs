using System.Runtime.CompilerServices;
using TinyTcp.Cli.IO;
using TinyTcp.Tests.Support;

namespace TinyTcp.Tests.Client;

/// <summary>A keyboard whose keys are known, and whose terminal is closed after the last.</summary>
internal sealed class FakeKeyboard(CliRunner.TestEnvironment environment, Action<TerminalSignal> onSignal)
    : IKeyboard
{
    /// <summary>In place of a key: the process was stopped and continues.</summary>
    internal const string Continued = "continued";

    /// <summary>In place of a key: another process asks this one to stop.</summary>
    internal const string StopRequested = "stop requested";

    public async IAsyncEnumerable<ReadOnlyMemory<byte>> ReadAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        await foreach (var part in environment.Keys.ToAsyncEnumerable().WithCancellation(cancellationToken))
        {
            if (part is Continued or StopRequested)
            {
                onSignal(part == Continued ? TerminalSignal.Continued : TerminalSignal.StopRequested);
            }
            else
            {
                yield return WireBytes.Utf8(part);
            }
        }
    }

    public void SetModes() => environment.SetModes();

    public bool Suspend() => environment.Suspend();

    public void Dispose() { }
}
