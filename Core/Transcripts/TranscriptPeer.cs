using System.Globalization;
using System.Linq;
using LanguageExt;

namespace TinyTcp.Core.Transcripts;

/// <summary>The server of a transcript: a host, as the user named it, and a port.</summary>
public sealed record TranscriptPeer
{
    private TranscriptPeer(string host, ushort port)
    {
        Host = host;
        Port = port;
    }

    /// <summary>A name or an address; an IPv6 address stands in brackets. At least one visible ASCII character.</summary>
    public string Host { get; }

    /// <summary>The TCP port, 0 to 65535.</summary>
    public ushort Port { get; }

    // peer = 1*VCHAR ":" 1*DIGIT
    /// <summary>Parses <c>host:port</c>.</summary>
    /// <param name="characters">Any string.</param>
    /// <returns>The peer, or none.</returns>
    public static Option<TranscriptPeer> From(string characters)
    {
        var colon = characters.LastIndexOf(':');
        return
            colon > 0
            && characters.Take(colon).All(static letter => letter is > ' ' and <= '~')
            && ushort.TryParse(
                characters[(colon + 1)..],
                NumberStyles.None,
                CultureInfo.InvariantCulture,
                out var port
            )
            ? new TranscriptPeer(characters[..colon], port)
            : Option<TranscriptPeer>.None;
    }

    /// <summary>The peer as <c>host:port</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Host}:{Port}");
}
