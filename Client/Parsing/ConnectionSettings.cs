using TinyTcp.Client.Options;
using TinyTcp.Client.Primitives;

namespace TinyTcp.Cli.Parsing;

/// <summary>The server to connect to, and the options of the client.</summary>
/// <param name="Target">The server.</param>
/// <param name="ClientOptions">The client's options.</param>
internal sealed record ConnectionSettings(ServerEndPoint Target, ClientOptions ClientOptions);
