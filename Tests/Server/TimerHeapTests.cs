using TinyTcp.Server.Connections;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Server;

/// <summary>The heap compared with a simple model: a dictionary of due times.</summary>
public sealed class TimerHeapTests
{
    [Law]
    public bool Timers_fire_in_the_order_of_a_sorted_list((byte Id, ushort Due, byte Kind)[] operations)
    {
        var timers = new TimerHeap();
        var model = new Dictionary<int, TimeSpan>();
        return operations.All(each =>
                Agrees(timers, model, each.Id % 20, TimeSpan.FromTicks(each.Due), each.Kind % 3)
            )
            && timers.NextDue == model.Values.Append(TimeSpan.MaxValue).Min();
    }

    [Fact]
    public void A_timer_that_never_fires_is_not_set()
    {
        var timers = new TimerHeap();
        timers.Set(3, TimeSpan.MaxValue);
        timers.Clear(7);
        Assert.Equal(TimeSpan.MaxValue, timers.NextDue);
        Assert.False(timers.TryDequeueDue(TimeSpan.MaxValue, out _));
    }

    private static bool Agrees(
        TimerHeap timers,
        Dictionary<int, TimeSpan> model,
        int id,
        TimeSpan time,
        int kind
    )
    {
        switch (kind)
        {
            case 0:
                timers.Set(id, time);
                model[id] = model.TryGetValue(id, out var earlier) && earlier < time ? earlier : time;
                return true;
            case 1:
                timers.Clear(id);
                model.Remove(id);
                return true;
            default:
                return timers.TryDequeueDue(time, out var fired)
                    ? model.Remove(fired, out var due)
                        && due <= time
                        && model.Values.All(other => other >= due)
                    : model.Values.All(other => other > time);
        }
    }
}
