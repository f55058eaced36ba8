using LanguageExt;

namespace TinyTcp.Cli.Benching.Looping;

/// <summary>A load's loop, whatever system it runs on.</summary>
internal interface ILoad
{
    /// <summary>What it counts.</summary>
    Handover Handover { get; }

    /// <summary>Puts load on the server until its time is over, and gives everything back.</summary>
    Unit Run();
}
