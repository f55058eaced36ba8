using FsCheck;
using FsCheck.Fluent;

namespace TinyTcp.Tests.Core.Spelling;

/// <summary>A name of a command or option, and the same with one mistake.</summary>
public sealed record Mistyped(string Name, string Word)
{
    private const string Letters = "abcdefghijklmnopqrstuvwxyz-";

    internal static string[] Names { get; } =
    [
        "time",
        "echo",
        "help",
        "send",
        "bench",
        "probe",
        "shell",
        "examples",
        "completion",
        "--json",
        "--raw",
        "--rate",
        "--target",
        "--timeout",
        "--timestamps",
        "--version",
    ];

    internal static Gen<Mistyped> Any { get; } =
        from name in Gen.Elements(Names)
        from word in Gen.Elements(OneMistake(name))
        select new Mistyped(name, word);

    internal static IEnumerable<Mistyped> Shrink(Mistyped mistyped) =>
        Names
            .TakeWhile(name => name != mistyped.Name)
            .Select(static name => new Mistyped(name, OneMistake(name)[0]));

    /// <summary>All words that differ from a name by one letter or by two swapped ones.</summary>
    internal static string[] OneMistake(string name) =>
        [
            .. Enumerable
                .Range(0, name.Length)
                .SelectMany(at =>
                    Letters
                        .Select(letter => $"{name[..at]}{letter}{name[(at + 1)..]}")
                        .Concat(Letters.Select(letter => $"{name[..at]}{letter}{name[at..]}"))
                        .Append(name.Remove(at, 1))
                )
                .Concat(Letters.Select(letter => $"{name}{letter}"))
                .Concat(
                    Enumerable
                        .Range(1, name.Length - 1)
                        .Select(at => $"{name[..(at - 1)]}{name[at]}{name[at - 1]}{name[(at + 1)..]}")
                )
                .Where(word => word != name)
                .Distinct(StringComparer.Ordinal),
        ];
}
