using LanguageExt;
using TinyTcp.Systems;
using TinyTcp.Systems.Simulated;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Systems;

/// <summary>A group of systems is created completely or not at all.</summary>
public sealed class SystemGroupTests
{
    private static readonly IoError Exhausted = new(IoErrorKind.Exhausted, 24, "Too many open files");

    [Fact]
    public void If_one_system_cannot_be_created_the_others_are_disposed_and_the_error_is_returned()
    {
        var created = new List<SimulatedSystem>();
        var error = TestValues.Left(SystemGroup<SimulatedSystem>.Create(4, 1, [], _ => CreateThree(created)));
        Assert.Equal(Exhausted, error);
        Assert.Equal(3, created.Count);
        Assert.All(created, static system => Assert.Equal(["disposed"], system.Trace));
    }

    [Fact]
    public void If_all_systems_can_be_created_none_is_disposed()
    {
        var created = new List<SimulatedSystem>();
        var group = TestValues.Right(
            SystemGroup<SimulatedSystem>.Create(3, 1, [], _ => CreateThree(created))
        );
        Assert.Equal(created, group.Systems);
        Assert.All(created, static system => Assert.Empty(system.Trace));
    }

    private static Either<IoError, SimulatedSystem> CreateThree(List<SimulatedSystem> created)
    {
        if (created.Count == 3)
        {
            return Exhausted;
        }

        created.Add(new SimulatedSystem(seed: 0, new SimulatedListener()));
        return created[^1];
    }
}
