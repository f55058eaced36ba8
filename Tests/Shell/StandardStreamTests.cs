using TinyTcp.Shell.Logging;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Shell;

/// <summary>Writes to standard streams, with other descriptors in their place. <c>Tests/robustness</c> has more.</summary>
public sealed class StandardStreamTests
{
    [Fact]
    public void A_write_to_a_full_device_returns_the_reason()
    {
        if (OperatingSystem.IsLinux())
        {
            using var full = File.OpenHandle("/dev/full", FileMode.Open, FileAccess.Write);
            Assert.Equal(
                "No space left on device",
                TestValues.Given(StreamOf((int)full.DangerousGetHandle()).Write("lost\n"))
            );
        }
    }

    [Fact]
    public void A_write_to_a_closed_descriptor_returns_the_reason()
    {
        if (OperatingSystem.IsLinux())
        {
            Assert.Equal("Bad file descriptor", TestValues.Given(StreamOf(900_000).Write("lost\n")));
        }
    }

    [Fact]
    public void A_line_that_was_written_in_part_is_ended_before_the_next()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        var path = Path.GetTempFileName();
        using (var file = File.OpenHandle(path, FileMode.Open, FileAccess.Write))
        {
            var stream = StreamOf((int)file.DangerousGetHandle());
            Assert.True(stream.Write("begun").IsNone);
            Assert.True(stream.Write("next\n").IsNone);
            Assert.True(stream.Write("last\n").IsNone);
        }

        var text = File.ReadAllText(path);
        File.Delete(path);
        Assert.Equal("begun\nnext\nlast\n", text);
    }

    private static StandardStream StreamOf(int descriptor) => new(descriptor, static () => Stream.Null);
}
