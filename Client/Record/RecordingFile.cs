using System.Text;
using LanguageExt;
using TinyTcp.Cli.Errors;
using TinyTcp.Cli.IO;
using TinyTcp.Cli.Terminals;
using TinyTcp.Client.Primitives;
using TinyTcp.Client.Sockets;
using TinyTcp.Core.Transcripts;

namespace TinyTcp.Cli.Record;

/// <summary>The file of <c>--record</c>: a transcript of the connections, one after the other.</summary>
/// <param name="path">The path, as the user named it.</param>
/// <param name="file">The file. Each line is written at once: the program may be killed.</param>
/// <param name="environment">Where an error is printed.</param>
internal sealed class RecordingFile(string path, TextWriter file, CliEnvironment environment)
{
    private readonly Lock gate = new();
    private ConnectionRecording? current;
    private bool hasFailed;

    /// <summary>Creates the file, or empties it.</summary>
    internal static Either<CliError, RecordingFile> Create(string path, CliEnvironment environment)
    {
        try
        {
            var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0);
            var writer = new StreamWriter(file, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false))
            {
                AutoFlush = true,
                NewLine = "\n",
            };
            return new RecordingFile(path, writer, environment);
        }
        catch (Exception failed) when (CliError.IsFileSystemError(failed))
        {
            return CannotWrite(path, failed, "Give a path that can be written.");
        }
    }

    /// <summary>A connection begins. Those before it are no longer recorded.</summary>
    internal IConnectionRecorder Connect(ServerEndPoint server)
    {
        lock (gate)
        {
            ConnectionRecording? recording = null;
            recording = new ConnectionRecording(line => WriteFor(recording, line));
            current = recording;
            Write(new TranscriptLine.Connect(PeerOf(server)));
            return recording;
        }
    }

    private void WriteFor(ConnectionRecording? recording, TranscriptLine line)
    {
        lock (gate)
        {
            if (recording == current)
            {
                Write(line);
            }
        }
    }

    private void Write(TranscriptLine line)
    {
        if (hasFailed)
        {
            return;
        }

        try
        {
            file.WriteLine(line.ToString());
        }
        catch (Exception failed) when (CliError.IsFileSystemError(failed))
        {
            hasFailed = true;
            CannotWrite(path, failed, "The rest is not recorded.").WriteTo(environment);
        }
    }

    private static CliError CannotWrite(string path, Exception failed, string advice) =>
        new(
            ExitCodes.IoFailed,
            $"Cannot write the recording {Quote.Of(path)} ({CliError.SystemMessage(failed)}). {advice}"
        );

    // A Unix socket has no port.
    private static TranscriptPeer PeerOf(ServerEndPoint server) =>
        (TranscriptPeer)(TranscriptPeer.From(Sanitizer.Sanitize(server)) || TranscriptPeer.From("unix:0"));
}
