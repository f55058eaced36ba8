namespace TinyTcp.Cli.IO;

/// <summary>What the system tells a program about its terminal.</summary>
internal enum TerminalSignal
{
    /// <summary>The terminal's size changed.</summary>
    Resized,

    /// <summary>The process is asked to stop, as by Ctrl-Z.</summary>
    StopRequested,

    /// <summary>The process was stopped and continues: other programs may have used the terminal.</summary>
    Continued,
}
