namespace TinyTcp.Core.Sessions;

/// <summary>
/// What an event led to: the new session and its effects. <c>default(Step)</c> is a new session to which nothing
/// has happened.
/// </summary>
/// <param name="Session">The session from now on.</param>
/// <param name="Consumed">
/// How many of the bytes received are done with; the host keeps the rest and gives it again, with what comes after
/// it. Where <paramref name="Next"/> is Read the rest is the unfinished line, of at most the limit.
/// </param>
/// <param name="Written">How many bytes now stand in the destination, to be sent.</param>
/// <param name="Next">What the host is to do then.</param>
public readonly record struct StepResult(Session Session, int Consumed, int Written, NextAction Next);
