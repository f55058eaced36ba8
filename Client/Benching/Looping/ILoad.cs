using LanguageExt;
using TinyTcp.Client;

namespace TinyTcp.Cli.Benching.Looping;

/// <summary>A load's loop, whatever system it runs on.</summary>
internal interface ILoad
{
    /// <summary>What it counts.</summary>
    Tally Tally { get; }

    /// <summary>Why it ended before its time, if so; asked when it has ended.</summary>
    Option<ClientError> Error { get; }

    /// <summary>Puts load on the server until its time is over, and gives everything back.</summary>
    void Run();
}
