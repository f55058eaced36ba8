using TinyTcp.Systems;
using TinyTcp.Tests.Support;

namespace TinyTcp.Tests.Systems;

/// <summary>The numbers by which a loop's tables are indexed.</summary>
public sealed class SlotTableTests
{
    [Law]
    public bool Slots_in_use_differ_keep_their_values_and_leave_no_gap(byte[] acts)
    {
        var slots = new SlotTable<int>();
        var model = new Dictionary<int, int>();
        var most = 0;
        foreach (var act in acts)
        {
            if (model.Count > 0 && act % 3 == 0)
            {
                var removed = model.Keys.ElementAt(act % model.Count);
                slots.Remove(removed);
                model.Remove(removed);
            }
            else if (!model.TryAdd(slots.Add(act), act))
            {
                return false;
            }

            most = Math.Max(most, model.Count);
        }

        return model.All(each => each.Key < most && slots[each.Key] == each.Value);
    }
}
