using System;

namespace TinyTcp.Core.Sessions;

/// <summary>
/// The time of a step, on two clocks: deadlines must not jump when the wall clock is set. <c>default(Now)</c> is the start
/// of both.
/// </summary>
/// <param name="Monotonic">A monotonic clock, from any start: deadlines are measured on it.</param>
/// <param name="Wall">The local time that TIME replies with.</param>
public readonly record struct Now(TimeSpan Monotonic, DateTimeOffset Wall);
