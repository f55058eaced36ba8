namespace TinyTcp.Core.Sessions;

/// <summary>
/// The result of a step: the new session and its effects. <c>default(StepResult)</c> is a new session and no effect.
/// </summary>
/// <param name="Session">The new session.</param>
/// <param name="Consumed">
/// How many of the received bytes are no longer needed. The host keeps the rest and passes it again, followed by new bytes.
/// If <paramref name="Next"/> is Read, the rest is the unfinished line, no longer than the limit.
/// </param>
/// <param name="Written">How many bytes were written to the destination, to be sent.</param>
/// <param name="Next">What the host does then.</param>
public readonly record struct StepResult(Session Session, int Consumed, int Written, NextAction Next);
