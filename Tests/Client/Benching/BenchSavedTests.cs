using System.Globalization;
using TinyTcp.Cli;
using TinyTcp.Cli.Benching;
using TinyTcp.Cli.Benching.Looping;
using TinyTcp.Cli.Benching.Reading;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Client;

/// <summary>Runs that <c>tinytcp bench</c> saves, and puts together.</summary>
public class BenchSavedTests
{
    [Fact]
    public async Task Saved_runs_are_merged()
    {
        await using var server = Truthful.Server();
        var files = new[] { Path.GetTempFileName(), Path.GetTempFileName() };
        try
        {
            var counts = new List<long>();
            foreach (var file in files)
            {
                var (_, output, _) = await BenchTests.BenchAsync(
                    server,
                    new(),
                    ["--rate", "2000", "--json", "--save", file]
                );
                counts.Add((long)Schema.AssertValid("bench", output)["requests"]!);
            }

            var merged = await Invoked.RunAsync(["bench", "merge", .. files, "--json", "--goal", "max<60s"]);
            Assert.Equal((0, ""), (merged.Code, merged.Error));
            var report = Schema.AssertValid("bench", merged.Output);
            Assert.Equal(counts.Sum(), (long)report["requests"]!);
            Assert.Equal(
                ["corrected", "raw"],
                report["latencies"]!.AsArray().Select(static each => (string?)each!["name"])
            );
        }
        finally
        {
            Array.ForEach(files, File.Delete);
        }
    }

    [Fact]
    public async Task Runs_of_an_open_and_a_closed_loop_have_nothing_in_common()
    {
        var (open, closed) = (Path.GetTempFileName(), Path.GetTempFileName());
        try
        {
            var some = Latencies.None();
            some.Count(1_000, 1_000);
            Save(open, (Summary.Corrected, some), (Summary.Raw, some));
            Save(closed, (Summary.Latency, some));
            Assert.Equal(0, (await Invoked.RunAsync("bench", "merge", open, open)).Code);
            foreach (var files in new[] { new[] { open, closed }, [closed, open] })
            {
                var (code, output, error) = await Invoked.RunAsync(["bench", "merge", .. files]);
                Assert.Equal((2, ""), (code, output));
                Assert.StartsWith(
                    "tinytcp: There are runs at a rate and others",
                    error,
                    StringComparison.Ordinal
                );
            }
        }
        finally
        {
            File.Delete(open);
            File.Delete(closed);
        }
    }

    [Fact]
    public async Task A_run_that_measured_nothing_leaves_the_file_of_another_as_it_is()
    {
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, "another");
            using var ctrlC = new CancellationTokenSource();
            await using var server = Peer.Playing(_ => ctrlC.CancelAsync());
            string[] words = ["bench", "-t", server.Address, "--noise", "86400", "--save", file];
            await Invoked.RunAsync(words, new Invoked.World(), ctrlC.Token);
            Assert.Equal("another", await File.ReadAllTextAsync(file));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task Runs_that_measured_nothing_are_not_merged_and_the_log_is_one_that_all_tools_read()
    {
        var file = Path.GetTempFileName();
        try
        {
            Save(file, (Summary.Latency, Latencies.None()));
            Assert.StartsWith(
                "#[",
                await File.ReadAllTextAsync(file, System.Text.Encoding.ASCII),
                StringComparison.Ordinal
            );
            var (code, output, error) = await Invoked.RunAsync("bench", "merge", file);
            Assert.Equal((2, ""), (code, output));
            Assert.StartsWith("tinytcp: There is nothing to merge", error, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task What_is_saved_is_there_also_where_nobody_reads_what_is_printed()
    {
        await using var server = Truthful.Server();
        const string Script = """
            file=$(mktemp); tinytcp bench --seconds 0.1 --warmup 0 --noise 0 --save $file | true
            tinytcp bench merge --json $file; rm $file
            """;
        var (code, output, _) = await ExampleTests.ShellAsync(Script, server);
        Assert.Equal(0, code);
        Assert.True((long)Schema.AssertValid("bench", output)["requests"]! > 0);
    }

    [Theory]
    [InlineData("bench merge FILE")]
    [InlineData("bench -t NOBODY --save FILE")]
    public async Task A_file_of_no_name_is_told_like_any_that_cannot_be_opened(string words)
    {
        var nobody = $"127.0.0.1:{Peer.PortOfNobody().ToString(CultureInfo.InvariantCulture)}";
        foreach (var file in new[] { "", "/no/such/file" })
        {
            var given = words
                .Split(' ')
                .Select(word =>
                    word == "FILE" ? file
                    : word == "NOBODY" ? nobody
                    : word
                );
            var (code, output, error) = await Invoked.RunAsync([.. given]);
            Assert.Equal((ExitCodes.IoFailed.Code, ""), (code, output));
            Assert.StartsWith("tinytcp: ", error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task What_a_log_calls_its_latencies_does_nothing_to_a_terminal()
    {
        var file = Path.GetTempFileName();
        try
        {
            Save(file, ("\e[2J", Latencies.None()));
            var (code, output, error) = await Invoked.RunAsync("bench", "merge", file);
            Assert.Equal((2, ""), (code, output));
            Assert.DoesNotContain('\e', error);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task What_is_no_log_cannot_be_merged()
    {
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, "nonsense, nonsense\n1,2,3,4\n");
            Assert.Equal(2, (await Invoked.RunAsync("bench", "merge", file)).Code);
            Assert.Equal(2, (await Invoked.RunAsync("bench", "merge")).Code);
            Assert.Equal(2, (await Invoked.RunAsync("bench", "merge", file, "--goal", "rate>1")).Code);
            Assert.Equal(
                ExitCodes.IoFailed.Code,
                (await Invoked.RunAsync("bench", "merge", "/no/such/file")).Code
            );
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static void Save(string path, params (string Name, HdrHistogram.HistogramBase Latencies)[] all) =>
        Assert.True(
            HistogramFile.Save(Some.Right(HistogramFile.Open(path)), Some.Moment, Some.Moment, all).IsNone
        );
}
