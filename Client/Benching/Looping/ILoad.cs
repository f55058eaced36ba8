using LanguageExt;
using TinyTcp.Client;

namespace TinyTcp.Cli.Benching.Looping;

/// <summary>A load's loop, whatever system it runs on. Everything but <see cref="Run"/> is for the thread that looks on.</summary>
internal interface ILoad
{
    /// <summary>What it counts.</summary>
    Handover Handover { get; }

    /// <summary>What went wrong first, if anything did; known once the loop has ended.</summary>
    Option<ClientError> Error { get; }

    /// <summary>Puts load on the server until its time is over, and gives everything back.</summary>
    Unit Run();

    /// <summary>What counts, once all connections are there and requests leave.</summary>
    Option<Window> Window { get; }

    /// <summary>Has it end soon: what is under way is not waited for.</summary>
    void End();
}
