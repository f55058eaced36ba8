namespace TinyTcp.Cli;

/// <summary>What a command line needs of the world, so that a test can be the world.</summary>
/// <param name="Output">Where transcripts and help go.</param>
/// <param name="Error">Where complaints go.</param>
/// <param name="Time">The clock of the time-outs.</param>
internal sealed record Surroundings(TextWriter Output, TextWriter Error, TimeProvider Time);
