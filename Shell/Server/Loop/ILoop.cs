namespace TinyTcp.Server.Loop;

/// <summary>A loop as its thread's owner sees it, whatever system it runs on.</summary>
internal interface ILoop : IDisposable
{
    /// <summary>Turns until it is stopped and nobody is left; everything is closed when it returns.</summary>
    void Run();

    /// <summary>From any thread, while it has not been disposed: say goodbye to everybody, then end.</summary>
    void RequestStop();
}
