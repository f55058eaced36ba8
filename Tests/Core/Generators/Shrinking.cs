namespace TinyTcp.Tests.Core.Generators;

/// <summary>Shrinks sequences: drops one half, drops one item, or replaces one item by a simpler one.</summary>
internal static class Shrinking
{
    internal static IEnumerable<T[]> Shorter<T>(IReadOnlyCollection<T> items)
    {
        if (items.Count > 2)
        {
            yield return [.. items.Take(items.Count / 2)];
            yield return [.. items.Skip(items.Count / 2)];
        }

        for (var removed = 0; removed < items.Count; removed++)
        {
            yield return [.. items.Take(removed), .. items.Skip(removed + 1)];
        }
    }

    internal static IEnumerable<T[]> Simpler<T>(IReadOnlyCollection<T> items, T simplest) =>
        Enumerable
            .Range(0, items.Count)
            .Where(at => !Equals(items.ElementAt(at), simplest))
            .Select(at => items.Select((item, index) => index == at ? simplest : item).ToArray());

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
