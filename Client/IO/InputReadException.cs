namespace TinyTcp.Cli.IO;

/// <summary>Reading the input failed, as opposed to writing the output.</summary>
/// <param name="cause">The stream's exception.</param>
internal sealed class InputReadException(Exception cause) : IOException(cause.Message, cause);
