using System.Globalization;
using TinyTcp.Cli;
using TinyTcp.Cli.Benching;
using TinyTcp.Cli.Benching.Looping;
using TinyTcp.Cli.Benching.Reading;
using TinyTcp.Tests.Client.Program;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Client.Benching;

/// <summary>Runs that <c>tinytcp bench</c> saves, and puts together.</summary>
public sealed class BenchSavedTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("tinytcp-bench-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Saved_runs_are_merged()
    {
        await using var server = Truthful.Server();
        var files = new[] { In("one"), In("other") };
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

    [Fact]
    public async Task Runs_of_an_open_and_a_closed_loop_have_nothing_in_common()
    {
        var (open, closed) = (In("open"), In("closed"));
        Save(open, (Summary.Corrected, So(1_000)), (Summary.Raw, So(1_000)));
        Save(closed, (Summary.Latency, So(1_000)));
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

    [Fact]
    public async Task Of_merged_runs_at_a_rate_it_is_told_how_many_requests_were_not_answered()
    {
        var (open, closed) = (In("open"), In("closed"));
        Save(open, (Summary.Corrected, So(10)), (Summary.Raw, So(8)));
        Save(closed, (Summary.Latency, So(10)));
        var (_, output, _) = await Invoked.RunAsync("bench", "merge", open, open, "--json");
        var report = Schema.AssertValid("bench", output);
        Assert.Equal((16, 4), ((int)report["requests"]!, (int)report["unanswered"]!));
        (_, output, _) = await Invoked.RunAsync("bench", "merge", open, open);
        Assert.Contains("20 requests\n4 of them were not answered at all", output, StringComparison.Ordinal);

        (_, output, _) = await Invoked.RunAsync("bench", "merge", closed, "--json");
        report = Schema.AssertValid("bench", output);
        Assert.Equal((10, null), ((int)report["requests"]!, (int?)report["unanswered"]));
    }

    [Fact]
    public async Task A_run_that_measured_nothing_leaves_the_file_of_another_as_it_is()
    {
        var file = In("file");
        await File.WriteAllTextAsync(file, "another");
        using var ctrlC = new CancellationTokenSource();
        await using var server = Peer.Playing(_ => ctrlC.CancelAsync());
        string[] words = ["bench", "-t", server.Address, "--noise", "86400", "--save", file];
        await Invoked.RunAsync(words, new Invoked.World(), ctrlC.Token);
        Assert.Equal("another", await File.ReadAllTextAsync(file));

        await using var slow = Truthful.Server();
        words = ["--rate", "1", "--warmup", "0.01", "--save", file];
        var (code, output, error) = await BenchTests.BenchAsync(slow, new(), words);
        Assert.Equal(ExitCodes.Usage.Code, code);
        Assert.Contains("0 replies in ", output, StringComparison.Ordinal);
        Assert.StartsWith("tinytcp: Nothing was measured", error, StringComparison.Ordinal);
        Assert.Equal("another", await File.ReadAllTextAsync(file));
    }

    [Fact]
    public async Task Runs_that_measured_nothing_are_not_merged_and_named()
    {
        var (none, some, empty) = (In("none"), In("some"), In("empty"));
        Save(none, (Summary.Latency, Latencies.None()));
        Save(some, (Summary.Latency, So(10)));
        await File.WriteAllTextAsync(empty, "");
        foreach (var file in new[] { none, empty })
        {
            var (code, output, error) = await Invoked.RunAsync("bench", "merge", some, file);
            Assert.Equal((2, ""), (code, output));
            Assert.StartsWith(
                $"tinytcp: There are no latencies in '{file}'",
                error,
                StringComparison.Ordinal
            );
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
    public async Task A_file_that_cannot_be_opened_is_told(string words)
    {
        var nobody = $"127.0.0.1:{Peer.PortOfNobody().ToString(CultureInfo.InvariantCulture)}";
        foreach (var file in new[] { ".", "/no/such/file" })
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
    public async Task A_file_of_no_name_is_told_before_anything_is_done()
    {
        foreach (var words in new string[][] { ["bench", "merge", ""], ["bench", "--save", ""] })
        {
            var (code, output, error) = await Invoked.RunAsync(words);
            Assert.Equal((ExitCodes.Usage.Code, ""), (code, output));
            Assert.StartsWith("tinytcp: The file is '': give a path.", error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task What_a_log_calls_its_latencies_does_nothing_to_a_terminal()
    {
        var file = In("file");
        Save(file, ("\e[2J", Latencies.None()));
        var (code, output, error) = await Invoked.RunAsync("bench", "merge", file);
        Assert.Equal((2, ""), (code, output));
        Assert.DoesNotContain('\e', error);
    }

    [Fact]
    public async Task What_is_no_log_cannot_be_merged()
    {
        var file = In("file");
        await File.WriteAllTextAsync(file, "nonsense, nonsense\n1,2,3,4\n");
        Assert.Equal(2, (await Invoked.RunAsync("bench", "merge", file)).Code);
        Assert.Equal(2, (await Invoked.RunAsync("bench", "merge")).Code);
        Assert.Equal(2, (await Invoked.RunAsync("bench", "merge", file, "--goal", "rate>1")).Code);
        Assert.Equal(
            ExitCodes.IoFailed.Code,
            (await Invoked.RunAsync("bench", "merge", "/no/such/file")).Code
        );
    }

    private string In(string name) => Path.Combine(folder, name);

    private static HdrHistogram.LongHistogram So(int many)
    {
        var latencies = Latencies.None();
        latencies.Count(1_000, many);
        return latencies;
    }

    private static void Save(string path, params (string Name, HdrHistogram.HistogramBase Latencies)[] all) =>
        Assert.True(
            HistogramFile
                .Save(TestValues.Right(HistogramFile.Open(path)), TestValues.Moment, TestValues.Moment, all)
                .IsNone
        );
}
