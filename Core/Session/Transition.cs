using LanguageExt;

namespace TinyTcp.Core;

/// <summary>One row of the state machine. <c>default(Transition)</c> opens a new session and leaves it new.</summary>
public readonly record struct Transition
{
    private Transition(Phase from, Signal on, Phase target, Next next)
    {
        From = from;
        On = on;
        Target = target;
        Next = next;
        Goodbye = next.Reason.Bind(static reason => reason.LastWord);
    }

    /// <summary>Where the conversation stood.</summary>
    public Phase From { get; }

    /// <summary>What befell it.</summary>
    public Signal On { get; }

    /// <summary>Where it stands then.</summary>
    public Phase Target { get; }

    /// <summary>What the host is to do then.</summary>
    public Next Next { get; }

    /// <summary>The error that is the last word, where the row closes with one.</summary>
    public Option<ProtocolError> Goodbye { get; }

    internal static Transition To(Phase from, Signal on, Phase target) => new(from, on, target, Next.Read);

    internal static Transition Close(Phase from, Signal on, CloseReason reason) =>
        new(from, on, Phase.Closed, Next.Close(reason));
}
