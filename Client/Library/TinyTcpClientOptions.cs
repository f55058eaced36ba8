using LanguageExt;
using Microsoft.Extensions.Configuration;
using TinyTcp.Client.Options;
using TinyTcp.Client.Primitives;
using TinyTcp.Core.Units;

namespace TinyTcp.Client;

/// <summary>The options of a client in a host.</summary>
public sealed class TinyTcpClientOptions
{
    private const string Duration = "a duration such as 500ms or 10s";

    /// <summary>The server: HOST:PORT, tls://HOST:PORT or unix:PATH. [default: 127.0.0.1:40000]</summary>
    public string Server { get; set; } = "127.0.0.1:40000";

    /// <inheritdoc cref="ClientOptions.ConnectTimeout"/>
    public TimeSpan ConnectTimeout { get; set; } = ClientOptions.Default.ConnectTimeout;

    /// <inheritdoc cref="ClientOptions.ReplyTimeout"/>
    public TimeSpan ReplyTimeout { get; set; } = ClientOptions.Default.ReplyTimeout;

    /// <inheritdoc cref="ClientOptions.MaxReplyLine"/>
    public int MaxReplyLine { get; set; } = ClientOptions.Default.MaxReplyLine;

    /// <inheritdoc cref="ClientOptions.MaxPendingRequests"/>
    public int MaxPendingRequests { get; set; } = ClientOptions.Default.MaxPendingRequests;

    /// <summary>The same options in the form that a client takes.</summary>
    internal ClientOptions ToClientOptions() =>
        ClientOptions.Default with
        {
            ConnectTimeout = ConnectTimeout,
            ReplyTimeout = ReplyTimeout,
            MaxReplyLine = MaxReplyLine,
            MaxPendingRequests = MaxPendingRequests,
        };

    /// <summary>Sets the options that a section has.</summary>
    /// <returns>The first value that is invalid, or key that is unknown.</returns>
    internal Option<ClientError> Read(IConfigurationSection section) =>
        section.GetChildren().Select(ReadSetting).Somes().HeadOrNone();

    private Option<ClientError> ReadSetting(IConfigurationSection setting) =>
        setting.Key.ToUpperInvariant() switch
        {
            "SERVER" => Set(setting, "a server", Prelude.Some, value => Server = value),
            "CONNECTTIMEOUT" => Set(setting, Duration, ParseDuration, value => ConnectTimeout = value),
            "REPLYTIMEOUT" => Set(setting, Duration, ParseDuration, value => ReplyTimeout = value),
            "MAXREPLYLINE" => Set(
                setting,
                "a size such as 64k",
                static text => ParseInt(UnitNotation.Sizes, text),
                value => MaxReplyLine = value
            ),
            "MAXPENDINGREQUESTS" => Set(
                setting,
                "a whole number",
                static text => ParseInt(UnitNotation.Counts, text),
                value => MaxPendingRequests = value
            ),
            _ => new ClientError.InvalidArgument(
                "setting",
                setting.Path,
                "Server, ConnectTimeout, ReplyTimeout, MaxReplyLine or MaxPendingRequests"
            ),
        };

    private static Option<ClientError> Set<T>(
        IConfigurationSection setting,
        string expected,
        Func<string, Option<T>> parse,
        Action<T> set
    )
    {
        var value = parse(setting.Value ?? "");
        value.IfSome(set);
        return value.IsSome
            ? Option<ClientError>.None
            : new ClientError.InvalidArgument(setting.Path, setting.Value ?? "", expected);
    }

    private static Option<TimeSpan> ParseDuration(string text) =>
        UnitNotation
            .Durations.Parse(text)
            .Filter(static milliseconds => milliseconds <= TimeSpan.MaxValue.TotalMilliseconds)
            .Map(static milliseconds => TimeSpan.FromMilliseconds(milliseconds));

    private static Option<int> ParseInt(UnitNotation notation, string text) =>
        notation
            .Parse(text)
            .Filter(static number => number <= int.MaxValue)
            .Map(static number => (int)number);
}
