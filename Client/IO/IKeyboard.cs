namespace TinyTcp.Cli.IO;

/// <summary>A terminal in raw mode, which gives each key at once and pasted text between marks; disposing it restores the terminal.</summary>
internal interface IKeyboard : IDisposable
{
    /// <summary>
    /// Reads what the terminal sends, until it is closed. An empty part says that nothing followed the last part for a
    /// while: an escape at its end is the key Escape.
    /// </summary>
    IAsyncEnumerable<ReadOnlyMemory<byte>> ReadAsync(CancellationToken cancellationToken);

    /// <summary>Sets raw mode again, which another program may have ended.</summary>
    void SetModes();

    /// <summary>Restores the terminal, stops the process group as Ctrl-Z does, and returns in raw mode when it continues.</summary>
    /// <returns>False if the system has no such stop.</returns>
    bool Suspend();
}
