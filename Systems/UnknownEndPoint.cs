using System.Net;

namespace TinyTcp.Systems;

/// <summary>The address of <see cref="ISystem.UnknownEndPoint"/>.</summary>
internal sealed class UnknownEndPoint : EndPoint
{
    /// <inheritdoc/>
    public override string ToString() => "an unknown address";
}
