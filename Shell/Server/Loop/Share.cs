using System.Net;
using TinyTcp.Core.Sessions;

namespace TinyTcp.Server.Loop;

/// <summary>
/// One loop's part of all connections. A loop with more than its share declines to accept until the others have caught
/// up; whose connection lets them do so invites it again. Somebody always accepts: not all can have more than the
/// average, and no invitation is lost (<see cref="WantsMore"/>).
/// </summary>
/// <param name="admission">All loops' connections.</param>
/// <param name="wake">Has the loop look again whether to accept, and whom; from any thread.</param>
internal sealed class Share(Admission admission, Action wake)
{
    /// <summary>
    /// By which part of the average a loop may be ahead of it: by none while connections are few, and each may be a busy
    /// one; then by enough that loops do not decline and accept in turns all the time.
    /// </summary>
    internal const int Tolerance = 8;

    private int count;
    private int isDeclining;

    /// <summary>All loops' connections.</summary>
    public Admission All => admission;

    /// <summary>How many connections with a place it has.</summary>
    public int Count => Volatile.Read(ref count);

    private bool HasRoom => admission.Average is var average && Count <= average + (average / Tolerance);

    /// <summary>Takes a place for a connection.</summary>
    /// <param name="peer">Who is at its other end: to be known only where <see cref="Admission.AsksWho"/>.</param>
    /// <returns>What has befallen the connection: it is opened, or why there is no place for it.</returns>
    public SessionEvent Enter(EndPoint peer)
    {
        var outcome = admission.Enter(peer);
        if (outcome == SessionEvent.Opened)
        {
            Volatile.Write(ref count, count + 1);
            admission.Invite();
        }

        return outcome;
    }

    /// <summary>Gives the place of a connection back.</summary>
    /// <param name="peer">The same as when it was taken.</param>
    public void Leave(EndPoint peer)
    {
        Volatile.Write(ref count, count - 1);
        admission.Leave(peer);
    }

    /// <summary>
    /// Whether to accept. Who declines says so first and then looks again: who enters after that look sees it and
    /// invites, and who entered before is seen by the look.
    /// </summary>
    public bool WantsMore()
    {
        var wants = HasRoom;
        if (!wants)
        {
            Interlocked.Exchange(ref isDeclining, 1);
            wants = HasRoom;
        }

        if (wants)
        {
            Volatile.Write(ref isDeclining, 0);
        }

        return wants;
    }

    /// <summary>Has the others look for somebody who waits.</summary>
    public void PassOn() => admission.WakeWhoHasRoom();

    internal void Invite()
    {
        if (Volatile.Read(ref isDeclining) == 1 && HasRoom && Interlocked.Exchange(ref isDeclining, 0) == 1)
        {
            wake();
        }
    }

    internal void WakeIfRoom()
    {
        if (HasRoom)
        {
            wake();
        }
    }
}
