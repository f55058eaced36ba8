using TinyTcp.Systems;
using TinyTcp.Systems.Linux;
using TinyTcp.Tests.Support;

namespace TinyTcp.Tests.Server;

/// <summary>The loop's tables: pages, and the numbers by which they are looked up.</summary>
public sealed class PagesTests
{
    [Law]
    public bool A_reference_stays_good_however_the_table_grows(byte first, byte second)
    {
        var (early, late) = (first * 3, second * 300);
        var pages = new Pages<int>();
        pages.Reach(early);
        ref var entry = ref pages[early];
        pages.Reach(late);
        entry = 7;
        return pages[early] == 7 && pages.Room > Math.Max(early, late);
    }

    [Law]
    public bool Numbers_in_use_differ_know_their_descriptors_and_leave_no_gap(byte[] acts)
    {
        SlotTable numbers = new SlotTable();
        var model = new Dictionary<int, int>();
        var most = 0;
        foreach (var act in acts)
        {
            if (model.Count > 0 && act % 3 == 0)
            {
                var leaver = model.Keys.ElementAt(act % model.Count);
                numbers.Remove(leaver);
                model.Remove(leaver);
            }
            else if (!model.TryAdd(numbers.Add(act), act))
            {
                return false;
            }

            most = Math.Max(most, model.Count);
        }

        return model.All(each => each.Key < most && numbers[each.Key] == each.Value);
    }
}
