using TinyTcp.Cli;
using TinyTcp.Cli.Completion;
using TinyTcp.Cli.Display;
using Xunit;

namespace TinyTcp.Tests.Client.Program;

/// <summary>The pages of help, each command's: they fit, and say what a command has and no more.</summary>
public class HelpTests
{
    public static TheoryData<string> Pages { get; } =
    [.. Place.AllOf(CommandLine.Create(Nowhere())).Select(static place => place.Path)];

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task No_line_of_help_is_wider_than_its_terminal_and_its_words_are_whole(string path)
    {
        var words = Words(await PageAsync(path, Terminal.None));
        foreach (var width in Enumerable.Range(40, 61))
        {
            var page = await PageAsync(path, Terminal.None with { Output = true, Measure = () => width });

            Assert.All(
                page.Split('\n'),
                line => Assert.InRange(line.Length, 0, Math.Min(width, Terminal.UsualWidth))
            );
            Assert.Equal(words, Words(page));
        }
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Exit_codes_stand_on_the_first_page_and_the_others_say_so(string path)
    {
        var page = await PageAsync(path, Terminal.None);
        Assert.Equal(path == CommandLine.Name, page.Contains("GOODBYE", StringComparison.Ordinal));
        Assert.Equal(
            path != CommandLine.Name,
            page.EndsWith("\nExit codes: see tinytcp --help.\n", StringComparison.Ordinal)
        );
    }

    [Theory]
    [InlineData("tinytcp time", "--verbose --json --raw --target --timeout --help")]
    [InlineData("tinytcp send", "--raw --target --timeout --help")]
    [InlineData("tinytcp shell", "--no-history --raw --target --timeout --color --help")]
    [InlineData("tinytcp examples", "--help")]
    [InlineData("tinytcp completion", "--help")]
    public async Task A_command_lists_the_options_that_do_something_there(string path, string options) =>
        Assert.Equal(
            options,
            string.Join(
                ' ',
                (await PageAsync(path, Terminal.None))
                    .Split('\n')
                    .Where(static line => line.StartsWith("  --", StringComparison.Ordinal))
                    .Select(static line => line.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries)[0])
            )
        );

    [Theory]
    [InlineData("tinytcp", "tinytcp <host> <port> [options]")]
    [InlineData("tinytcp", "SSL_CERT_FILE")]
    [InlineData("tinytcp shell", "$XDG_STATE_HOME/tinytcp/history")]
    [InlineData("tinytcp shell", "Ctrl-R")]
    [InlineData("tinytcp bench", "up to 20,000")]
    public async Task A_page_says(string path, string what) =>
        Assert.Contains(what, Words(await PageAsync(path, Terminal.None)), StringComparison.Ordinal);

    private static async Task<string> PageAsync(string path, Terminal terminal) =>
        (
            await Invoked.RunAsync([.. path.Split(' ').Skip(1), "--help"], new() { Terminal = terminal })
        ).Output;

    internal static string Words(string page) =>
        string.Join(' ', page.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static Surroundings Nowhere() =>
        new(Stream.Null, Stream.Null, static () => TextWriter.Null, TimeProvider.System, static _ => default);
}
