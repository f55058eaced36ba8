using TinyTcp.Server.Loop;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Server;

/// <summary>The alarms against the obvious model: a dictionary of who rings when.</summary>
public sealed class AlarmsTests
{
    [Law]
    public bool Alarms_ring_as_a_sorted_list_would((byte Id, ushort Due, byte Kind)[] acts)
    {
        var alarms = new Alarms();
        var model = new Dictionary<int, TimeSpan>();
        return acts.All(act => Agrees(alarms, model, act.Id % 20, TimeSpan.FromTicks(act.Due), act.Kind % 3))
            && alarms.NextDue == model.Values.Append(TimeSpan.MaxValue).Min();
    }

    [Fact]
    public void Never_is_no_alarm()
    {
        var alarms = new Alarms();
        alarms.Set(3, TimeSpan.MaxValue);
        alarms.Clear(7);
        Assert.Equal(TimeSpan.MaxValue, alarms.NextDue);
        Assert.False(alarms.TryRing(TimeSpan.MaxValue, out _));
    }

    private static bool Agrees(
        Alarms alarms,
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
                return alarms.TryRing(time, out var rung)
                    ? model.Remove(rung, out var due)
                        && due <= time
                        && model.Values.All(other => other >= due)
                    : model.Values.All(other => other > time);
        }
    }
}
