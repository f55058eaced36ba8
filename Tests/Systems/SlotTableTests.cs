using TinyTcp.Systems;
using TinyTcp.Tests.Support;

namespace TinyTcp.Tests.Systems;

/// <summary><see cref="SlotTable{T}"/> compared with a simple model: a dictionary.</summary>
public sealed class SlotTableTests
{
    [Law]
    public bool Slots_in_use_differ_keep_their_values_and_leave_no_gap(byte[] operations)
    {
        var slots = new SlotTable<int>();
        var model = new Dictionary<int, int>();
        var peak = 0;
        foreach (var operation in operations)
        {
            if (model.Count > 0 && operation % 3 == 0)
            {
                var removed = model.Keys.ElementAt(operation % model.Count);
                slots.Remove(removed);
                model.Remove(removed);
            }
            else if (!model.TryAdd(slots.Add(operation), operation))
            {
                return false;
            }

            peak = Math.Max(peak, model.Count);
        }

        return model.All(each => each.Key < peak && slots[each.Key] == each.Value);
    }
}
