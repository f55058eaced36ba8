using System.Globalization;
using System.Text;
using LanguageExt;
using Microsoft.Extensions.Hosting;
using TinyTcp.Server;
using TinyTcp.Shell.Settings;

namespace TinyTcp.Shell;

/// <summary>
/// The file that tells a script the port of a running server: it appears whole once the server listens, before the host
/// reports that it has started.
/// </summary>
/// <param name="path">The file's path; none for no file.</param>
/// <param name="service">The server, which the host starts first.</param>
internal sealed class PortFile(Option<string> path, TinyTcpService service) : IHostedService
{
    private string written = "";

    /// <inheritdoc/>
    /// <exception cref="IOException">The file cannot be written; the message says which and why.</exception>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        path.IfSome(file => service.Server.IfSome(server => Write(file, server.EndPoint.Port)));
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Removes the file.</summary>
    /// <returns>Why it could not be removed.</returns>
    public Option<string> Remove() =>
        path.Filter(_ => written.Length > 0).Bind(file => ErrorOf(() => RemoveOwn(file)));

    /// <summary>Another server may have replaced the file meanwhile: then it stays.</summary>
    private void RemoveOwn(string file)
    {
        if (File.Exists(file) && File.ReadAllText(file) == written)
        {
            File.Delete(file);
        }
    }

    private void Write(string file, int port)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"{port}\n");
        // The rename would replace a device such as /dev/null, or a link such as /dev/stdout.
        var problem =
            FileKinds.Of(file) == FileKind.Other || new FileInfo(file).LinkTarget is not null
                ? "It is not a regular file."
                : ErrorOf(() => WriteWhole(file, text));
        problem.IfSome(reason =>
            throw new IOException(
                $"cannot write the port file '{file}'. {reason.TrimEnd('.')}. Give --port-file a path that this user can write."
            )
        );
        written = text;
    }

    private static void WriteWhole(string file, string text)
    {
        var temporary = $"{file}.{Path.GetRandomFileName()}";
        try
        {
            using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write))
            {
                stream.Write(Encoding.ASCII.GetBytes(text));
            }

            File.Move(temporary, file, overwrite: true);
        }
        catch (IOException failed)
        {
            File.Delete(temporary);
            // The user knows the file only.
            throw new IOException(failed.Message.Replace(temporary, file, StringComparison.Ordinal), failed);
        }
    }

    private static Option<string> ErrorOf(Action action)
    {
        try
        {
            action();
            return Option<string>.None;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return exception.Message;
        }
    }
}
