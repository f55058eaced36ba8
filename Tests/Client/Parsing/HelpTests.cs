using TinyTcp.Cli;
using TinyTcp.Cli.IO;
using TinyTcp.Cli.Parsing;
using TinyTcp.Cli.Terminals;
using Xunit;

namespace TinyTcp.Tests.Client.Parsing;

/// <summary>The help page of each command.</summary>
public class HelpTests
{
    public static TheoryData<string> CommandPaths { get; } =
    [
        .. CommandLine
            .Create(NullEnvironment())
            .Subcommands.Where(static command => !command.Hidden)
            .Select(HelpText.PathOf)
            .Prepend(CliEnvironment.ProgramName),
    ];

    [Theory]
    [MemberData(nameof(CommandPaths))]
    public async Task Help_fits_the_terminal_width_and_breaks_no_word(string path)
    {
        var wide = await PageAsync(path, Terminal.None);
        foreach (var width in Enumerable.Range(40, 61))
        {
            var page = await PageAsync(path, Terminal.None with { HasOutput = true, GetWidth = () => width });

            Assert.All(
                page.Split('\n'),
                line => Assert.InRange(line.Length, 0, Math.Min(width, Terminal.DefaultWidth))
            );
            Assert.Equal(Words(wide), Words(page));
        }
    }

    [Fact]
    public async Task Control_characters_in_a_default_are_escaped()
    {
        var (code, output, _) = await CliRunner.RunAsync(
            ["--help"],
            new CliRunner.TestEnvironment { Variables = { ["TINYTCP_TARGET"] = "\e[31m" } }
        );
        Assert.Equal(0, code);
        Assert.DoesNotContain('\e', output);
        Assert.Contains(@"\x1B[31m", output, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(CommandPaths))]
    public async Task Each_page_ends_with_the_name_of_the_page_of_exit_codes(string path) =>
        Assert.EndsWith(
            "\n\nExit codes: see tinytcp help exit-codes.\n",
            await PageAsync(path, Terminal.None),
            StringComparison.Ordinal
        );

    [Theory]
    [InlineData("tinytcp time", "--verbose --value --json --raw --target --timeout --record --color --help")]
    [InlineData("tinytcp send", "--json --raw --target --timeout --record --color --help")]
    [InlineData("tinytcp shell", "--no-history --raw --timing --target --timeout --record --color --help")]
    [InlineData("tinytcp examples", "--color --help")]
    [InlineData("tinytcp completion", "--color --help")]
    public async Task A_command_lists_only_its_own_options(string path, string options) =>
        Assert.Equal(
            options,
            string.Join(
                ' ',
                (await PageAsync(path, Terminal.None))
                    .Split('\n')
                    .Where(static line => line.StartsWith("  -", StringComparison.Ordinal))
                    .Select(static line => line[line.IndexOf("--", StringComparison.Ordinal)..].Split(' ')[0])
            )
        );

    [Theory]
    [InlineData("tinytcp", "HOST:PORT, HOST PORT, tls://HOST:PORT or unix:PATH.")]
    [InlineData("tinytcp", "--color <always|auto|never>")]
    [InlineData("tinytcp", "Maximum wait for a connection or a reply, such as 500ms or 5s. [default: 10s]")]
    [InlineData("tinytcp", "[default: 127.0.0.1:40000]")]
    [InlineData("tinytcp", "SSL_CERT_FILE")]
    [InlineData("tinytcp shell", "$XDG_STATE_HOME/tinytcp/history")]
    [InlineData("tinytcp shell", "Ctrl-R")]
    [InlineData("tinytcp bench", "up to 20,000")]
    [InlineData("tinytcp bench", "-z, --duration <DURATION> Length of the measurement. [default: 10s]")]
    [InlineData("tinytcp bench", "[default: 500ms]")]
    public async Task Help_contains(string path, string text) =>
        Assert.Contains(
            text,
            NormalizeSpaces(await PageAsync(path, Terminal.None)),
            StringComparison.Ordinal
        );

    private static async Task<string> PageAsync(string path, Terminal terminal) =>
        (
            await CliRunner.RunAsync([.. path.Split(' ').Skip(1), "--help"], new() { Terminal = terminal })
        ).Output;

    // The columns of the wide page are read row by row, those of a narrow one below each other.
    private static IEnumerable<string> Words(string page) => NormalizeSpaces(page).Split(' ').Order();

    internal static string NormalizeSpaces(string page) =>
        string.Join(' ', page.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static CliEnvironment NullEnvironment() =>
        new(Stream.Null, Stream.Null, static () => TextWriter.Null, TimeProvider.System, static _ => default);
}
