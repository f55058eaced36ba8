using System.Text.RegularExpressions;
using LanguageExt;
using TinyTcp.Core.Commands;
using TinyTcp.Core.Errors;
using TinyTcp.Core.Replies;
using TinyTcp.Core.Sessions;
using TinyTcp.Core.Verbs;
using TinyTcp.Core.Wire;
using Xunit;

namespace TinyTcp.Tests.Docs;

/// <summary>Rules of protocol.md about what clients read and about the values in Core's tables.</summary>
public partial class RowTests
{
    /// <summary>R-5 (any letter case, white space), T-2 (lenient timestamps), R-4 (an unknown code), R-2.</summary>
    [Theory]
    [InlineData("bye", "BYE")]
    [InlineData("\tError  Unknown_Command \r", "ERROR UNKNOWN_COMMAND")]
    [InlineData("time 2025-09-12t17:24:13.5z", "TIME 2025-09-12T17:24:13+00:00")]
    [InlineData("ERROR OUT_OF_TEA", "ERROR OUT_OF_TEA")]
    [InlineData("WELCOME, stranger", "WELCOME, stranger")]
    public void A_client_reads_more_forms_than_a_server_writes(string line, string reply) =>
        Assert.Equal(
            Either<ReplyError, string>.Right(reply),
            Protocol.Read(line).Map(static read => $"{read}")
        );

    /// <summary>T-1.</summary>
    [Fact]
    public void A_timestamp_is_written_in_one_form() =>
        Assert.Equal(
            "0999-01-02T03:04:05+05:30",
            Timestamp.From(new DateTimeOffset(999, 1, 2, 3, 4, 5, new TimeSpan(5, 30, 0))).ToString()
        );

    /// <summary>X-1.</summary>
    [Fact]
    public void No_two_commands_begin_with_the_same_word() =>
        Assert.Equal(
            CommandTable.Rows.Length,
            CommandTable.Rows.DistinctBy(static row => row.Verb, StringComparer.OrdinalIgnoreCase).Count()
        );

    /// <summary>X-2.</summary>
    [Fact]
    public void A_code_is_one_word_of_capitals_digits_and_underscores() =>
        Assert.All(ErrorCode.All, static code => Assert.Matches(Code(), code.Name));

    /// <summary>L-1.</summary>
    [Fact]
    public void A_limit_is_within_its_bounds() =>
        Assert.All(
            LimitTable.Rows,
            static row =>
            {
                Assert.True(row.Allows(row.Default));
                Assert.True(Limits.Default.With(row, row.Max).IsSome);
                Assert.True(Limits.Default.With(row, row.Max + 1).IsNone);
                Assert.True(Limits.Default.With(row, row.Min).IsSome);
                Assert.Equal(row.ZeroIsOff, Limits.Default.With(row, row.Min - 1).IsSome);
            }
        );

    [GeneratedRegex("^[A-Z0-9_]+$", RegexOptions.None, 1_000)]
    private static partial Regex Code();
}
