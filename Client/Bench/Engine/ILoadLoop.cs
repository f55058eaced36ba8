using LanguageExt;
using TinyTcp.Client.Primitives;

namespace TinyTcp.Cli.Bench.Engine;

/// <summary>A <see cref="LoadLoop{TSystem}"/> of any system.</summary>
internal interface ILoadLoop
{
    /// <summary>The counts. Until <see cref="Run"/> returns, other threads may only read its replies and copy it.</summary>
    LoadResult Result { get; }

    /// <summary>The first error, once <see cref="Run"/> has returned.</summary>
    Option<ClientError> Error { get; }

    /// <summary>The window, once all connections are established. Thread-safe.</summary>
    Option<MeasurementWindow> Window { get; }

    /// <summary>The number of connections that are established and greeted. Thread-safe.</summary>
    int Greeted { get; }

    /// <summary>Runs to the end of the window and closes all connections.</summary>
    Unit Run();

    /// <summary>Ends the run without waiting for replies. Thread-safe.</summary>
    void Stop();
}
