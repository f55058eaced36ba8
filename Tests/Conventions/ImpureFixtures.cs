using System.Text;
using LanguageExt;

// This file violates the rules on purpose, so that tests can check that the rules find each violation. It disables the
// analyzers that find them too.
#pragma warning disable CA1031, CA1823, CA2201, CA2211, CS0649, CS0169, IDE0044, IDE0051, IDE0052, MA0012, MA0015, MA0064, MA0069, MA0158

namespace TinyTcp.Tests.Conventions;

/// <summary>One violation per type.</summary>
internal static class ImpureFixtures
{
    internal static class Throws
    {
        internal static int Do() => throw new InvalidOperationException("no");
    }

    internal static class ThrowsInALambda
    {
        internal static Func<int> Do() => static () => throw new InvalidOperationException("no");
    }

    internal static class ThrowsThroughAHelper
    {
        internal static void Do(string text) => ArgumentNullException.ThrowIfNull(text);
    }

    internal static class Catches
    {
        internal static int Do(string text)
        {
            try
            {
                return text.Length;
            }
            catch (InvalidOperationException)
            {
                return 0;
            }
        }
    }

    internal static class Filters
    {
        internal static int Do(string text)
        {
            try
            {
                return text.Length;
            }
            catch (Exception e) when (e.Message.Length > 0)
            {
                return 0;
            }
        }
    }

    internal static class Locks
    {
        private static readonly object Gate = new();

        internal static int Do(string text)
        {
            lock (Gate)
            {
                return text.Length;
            }
        }
    }

    internal static class WritesAStatic
    {
        private static int count;

        internal static int Do() => ++count;
    }

    internal static class UsesAnAtom
    {
        internal static Atom<int> Do() => Prelude.Atom(1);
    }

    internal static class UsesTry
    {
        internal static Try<int> Do() => Prelude.Try(1);
    }

    internal sealed class HasAWritableField
    {
        private int number;

        internal int Do() => ++number;
    }

    internal sealed class HasAnArrayField(int[] items)
    {
        private readonly int[] items = items;

        internal int Do() => items.Length;
    }

    internal sealed class HasAListField
    {
        private readonly List<int> items = [];

        internal int Do() => items.Count;
    }

    internal sealed class HasABuilderField
    {
        private readonly StringBuilder text = new();

        internal int Do() => text.Length;
    }

    /// <summary>No violation: foreach compiles to a finally, and a static lambda to a cached field.</summary>
    internal static class IsPure
    {
        internal static int Do(IEnumerable<int> items)
        {
            var sum = 0;
            foreach (var item in items.Where(static item => item > 0))
            {
                sum += item;
            }

            return sum;
        }
    }
}
