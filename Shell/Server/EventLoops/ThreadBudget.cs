using System.Net.Sockets;
using LanguageExt;
using TinyTcp.Systems;

namespace TinyTcp.Server.EventLoops;

/// <summary>
/// How many threads the system grants this process. The runtime starts threads of its own when it needs them, for timers,
/// signals and continuations, and aborts where it cannot.
/// </summary>
internal static class ThreadBudget
{
    // Those of its thread pool, of which a program may want a few more than processors, and the threads that write the log.
    private const int ForRuntime = 12;

    /// <summary>Starts as many threads as a server and the runtime may need, and ends them.</summary>
    /// <param name="loops">How many loops there will be.</param>
    /// <returns>An error if the system grants fewer.</returns>
    public static Option<IoError> Check(int loops)
    {
        using var ended = new ManualResetEventSlim();
        var threads = new List<Thread>();
        try
        {
            // The thread pool has one for each processor.
            while (threads.Count < loops + Environment.ProcessorCount + ForRuntime)
            {
                var thread = new Thread(ended.Wait) { IsBackground = true };
                thread.Start();
                threads.Add(thread);
            }

            return Option<IoError>.None;
        }
        catch (Exception exception) when (exception is OutOfMemoryException or ThreadStartException)
        {
            return Explain(exception);
        }
        finally
        {
            ended.Set();
            threads.ForEach(static thread => thread.Join());
        }
    }

    /// <summary>The error where threads or memory are too few.</summary>
    public static IoError Explain(Exception exception) =>
        new(IoErrorKind.Exhausted, 0, exception.Message, SocketError.NoBufferSpaceAvailable);
}
