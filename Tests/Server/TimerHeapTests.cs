using TinyTcp.Server.Connections;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Server;

/// <summary>The alarms against the obvious model: a dictionary of who rings when.</summary>
public sealed class TimerHeapTests
{
    [Law]
    public bool Timers_fire_in_the_order_of_a_sorted_list((byte Id, ushort Due, byte Kind)[] acts)
    {
        TimerHeap alarms = new TimerHeap();
        var model = new Dictionary<int, TimeSpan>();
        return acts.All(act => Agrees(alarms, model, act.Id % 20, TimeSpan.FromTicks(act.Due), act.Kind % 3))
            && alarms.NextDue == model.Values.Append(TimeSpan.MaxValue).Min();
    }

    [Fact]
    public void A_timer_that_never_fires_is_not_set()
    {
        TimerHeap alarms = new TimerHeap();
        alarms.Set(3, TimeSpan.MaxValue);
        alarms.Clear(7);
        Assert.Equal(TimeSpan.MaxValue, alarms.NextDue);
        Assert.False(alarms.TryDequeueDue(TimeSpan.MaxValue, out _));
    }

    private static bool Agrees(
        TimerHeap alarms,
        Dictionary<int, TimeSpan> model,
        int id,
        TimeSpan time,
        int kind
    )
    {
        switch (kind)
        {
            case 0:
                alarms.Set(id, time);
                model[id] = model.TryGetValue(id, out var earlier) && earlier < time ? earlier : time;
                return true;
            case 1:
                alarms.Clear(id);
                model.Remove(id);
                return true;
            default:
                return alarms.TryDequeueDue(time, out var rung)
                    ? model.Remove(rung, out var due)
                        && due <= time
                        && model.Values.All(other => other >= due)
                    : model.Values.All(other => other > time);
        }
    }
}
