namespace TinyTcp.Tests.Core.Generators;

/// <summary>How sequences get smaller: without one half, without one item, with one item made plain.</summary>
internal static class Shrinking
{
    internal static IEnumerable<T[]> Shorter<T>(IReadOnlyCollection<T> items)
    {
        if (items.Count > 2)
        {
            yield return [.. items.Take(items.Count / 2)];
            yield return [.. items.Skip(items.Count / 2)];
        }

        for (var left = 0; left < items.Count; left++)
        {
            yield return [.. items.Take(left), .. items.Skip(left + 1)];
        }
    }

    internal static IEnumerable<T[]> Plainer<T>(IReadOnlyCollection<T> items, T plain) =>
        Enumerable
            .Range(0, items.Count)
            .Where(at => !Equals(items.ElementAt(at), plain))
            .Select(at => items.Select((item, index) => index == at ? plain : item).ToArray());

    internal static IEnumerable<T[]> Within<T>(
        IReadOnlyCollection<T> items,
        Func<T, IEnumerable<T>> shrink
    ) =>
        items.SelectMany(
            (item, at) =>
                shrink(item)
                    .Select(smaller =>
                        items.Select((other, index) => index == at ? smaller : other).ToArray()
                    )
        );
}
