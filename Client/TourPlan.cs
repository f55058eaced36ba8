using System.Globalization;
using LanguageExt;
using TinyTcp.Client;

namespace TinyTcp.Cli;

/// <summary>From the words of a command line to the tour they mean, or to what is wrong with them. Pure.</summary>
internal static class TourPlan
{
    private const double ShortestTimeout = 0.001;
    private const double LongestTimeout = 86_400;

    /// <summary>How long a tour waits, unless told.</summary>
    internal static TimeSpan DefaultTimeout => ClientOptions.Default.ReplyTimeout;

    /// <summary>Judges the words, from left to right.</summary>
    internal static Either<Complaint, Tour> From(
        Option<string> host,
        Option<string> port,
        Option<string> timeout,
        Surroundings surroundings
    ) =>
        from server in Server(host, port)
        from patience in timeout.Match(Some: Timeout, None: static () => DefaultTimeout)
        select new Tour(
            server,
            ClientOptions.Default with
            {
                ConnectTimeout = patience,
                ReplyTimeout = patience,
                Time = surroundings.Time,
            },
            surroundings.Output
        );

    private static Either<Complaint, ServerAddress> Server(Option<string> host, Option<string> port) =>
        from name in host.ToEither(Complaint.Usage("The host is missing: give a host and a port."))
        from number in port.ToEither(Complaint.Usage("The port is missing: give a host and a port."))
        from server in ServerAddress.From(name, number).MapLeft(Complaint.Of)
        select server;

    private static Either<Complaint, TimeSpan> Timeout(string written) =>
        double.TryParse(
            written,
            NumberStyles.AllowDecimalPoint,
            CultureInfo.InvariantCulture,
            out var seconds
        ) && seconds is >= ShortestTimeout and <= LongestTimeout
            ? TimeSpan.FromSeconds(seconds)
            : Complaint.Of(new ClientError.BadArgument("time-out", written, TimeoutBounds));

    private static string TimeoutBounds =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"a number of seconds from {ShortestTimeout} to {LongestTimeout}"
        );
}
