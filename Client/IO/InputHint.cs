namespace TinyTcp.Cli.IO;

/// <summary>Tells the user of a terminal that a command waits for input.</summary>
internal static class InputHint
{
    /// <summary>Prints the hint to standard error if standard input and it are a terminal.</summary>
    /// <param name="content">What is read, in the plural.</param>
    /// <param name="environment">The streams.</param>
    internal static void Write(string content, CliEnvironment environment)
    {
        if (environment.Terminal() is { HasInput: true, HasError: true })
        {
            environment.Error.WriteLine($"Reading {content} from the terminal; Ctrl-D ends.");
        }
    }
}
