using System.Text;
using LanguageExt;

// This file breaks the rules on purpose, so that the tests can see the rules at work. What the analyzers say of it
// is true, and is why it is here.
#pragma warning disable CA1031, CA1823, CA2201, CA2211, CS0649, CS0169, IDE0044, IDE0051, IDE0052, MA0012, MA0015, MA0064, MA0069, MA0158

namespace TinyTcp.Tests.Conventions;

/// <summary>One small offence a type.</summary>
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

    internal static class Remembers
    {
        private static int count;

        internal static int Do() => ++count;
    }

    internal static class HasAnEffect
    {
        internal static Atom<int> Do() => Prelude.Atom(1);
    }

    internal static class Tries
    {
        internal static Try<int> Do() => Prelude.Try(1);
    }

    internal sealed class CanBeWritten
    {
        private int number;

        internal int Do() => ++number;
    }

    internal sealed class HoldsAnArray(int[] numbers)
    {
        private readonly int[] numbers = numbers;

        internal int Do() => numbers.Length;
    }

    internal sealed class HoldsAList
    {
        private readonly List<int> numbers = [];

        internal int Do() => numbers.Count;
    }

    internal sealed class HoldsABuilder
    {
        private readonly StringBuilder text = new();

        internal int Do() => text.Length;
    }

    /// <summary>No offence: a foreach leaves a finally, a static lambda a cache, and a using may dispose.</summary>
    internal static class IsPure
    {
        internal static int Do(IEnumerable<int> numbers)
        {
            var sum = 0;
            foreach (var number in numbers.Where(static number => number > 0))
            {
                sum += number;
            }

            return sum;
        }
    }
}
