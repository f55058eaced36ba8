namespace TinyTcp.Bench.Running;

/// <summary>Signals to contenders, by the shell's own <c>kill</c>, which every machine has.</summary>
internal static class Signals
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Sends one to each; who is gone by then is found out when it is talked to.</summary>
    /// <param name="signal">Its name without SIG.</param>
    /// <param name="servers">To whom.</param>
    public static async Task Send(string signal, IEnumerable<RunningServer> servers)
    {
        var processes = servers.Select(static server => $"{server.Target.Pid}").ToList();
        if (processes.Count > 0)
        {
            await Commands.Run(["bash", "-c", "kill -s \"$0\" \"$@\"", signal, .. processes], Patience);
        }
    }
}
