using LanguageExt;
using TinyTcp.Client.Primitives;

namespace TinyTcp.Cli.Bench.Engine;

/// <summary>A load's loop, whatever system it runs on. Everything but <see cref="Run"/> is for the thread that looks on.</summary>
internal interface ILoadLoop
{
    /// <summary>What it counts.</summary>
    ResultRecorder Results { get; }

    /// <summary>What went wrong first, if anything did; known once the loop has ended.</summary>
    Option<ClientError> Error { get; }

    /// <summary>Puts load on the server until its time is over, and gives everything back.</summary>
    Unit Run();

    /// <summary>What counts, once all connections are there and requests leave.</summary>
    Option<MeasurementWindow> Window { get; }

    /// <summary>Has it end soon: what is under way is not waited for.</summary>
    void Stop();
}
