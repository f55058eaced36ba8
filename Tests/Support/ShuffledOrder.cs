using System.Globalization;
using Xunit;
using Xunit.Abstractions;
using Xunit.Sdk;

[assembly: TestCollectionOrderer("TinyTcp.Tests.Support.ShuffledOrder", "TinyTcp.Tests")]
[assembly: TestCaseOrderer("TinyTcp.Tests.Support.ShuffledOrder", "TinyTcp.Tests")]

namespace TinyTcp.Tests.Support;

/// <summary>
/// Orders classes, and tests within a class, at random. TINYTCP_TEST_ORDER is the seed [default: 0]. The trials, which wait
/// most of the time and longest, are first.
/// </summary>
public sealed class ShuffledOrder : ITestCollectionOrderer, ITestCaseOrderer
{
    private static readonly int Seed = int.Parse(
        Environment.GetEnvironmentVariable("TINYTCP_TEST_ORDER") ?? "0",
        CultureInfo.InvariantCulture
    );

    public IEnumerable<ITestCollection> OrderTestCollections(IEnumerable<ITestCollection> testCollections) =>
        Shuffle(testCollections)
            .OrderByDescending(static collection =>
                collection.DisplayName.Contains(".Battery.", StringComparison.Ordinal)
            );

    public IEnumerable<TTestCase> OrderTestCases<TTestCase>(IEnumerable<TTestCase> testCases)
        where TTestCase : ITestCase => Shuffle(testCases);

    private static T[] Shuffle<T>(IEnumerable<T> items)
    {
        var shuffled = items.ToArray();
        new Random(Seed).Shuffle(shuffled);
        return shuffled;
    }
}
