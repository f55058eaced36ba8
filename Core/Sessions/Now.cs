using System;
using TinyTcp.Core.Wire;

namespace TinyTcp.Core.Sessions;

/// <summary>
/// The time, as the host tells it: two clocks, because deadlines must not jump when the wall clock is set.
/// <c>default(Now)</c> is the start of both.
/// </summary>
/// <param name="Monotonic">A monotonic clock, from any start: deadlines are measured on it.</param>
/// <param name="Wall">The local time that TIME answers with.</param>
public readonly record struct Now(TimeSpan Monotonic, Timestamp Wall);
