using System.CommandLine;
using System.Globalization;
using TinyTcp.Client;
using Outcome = LanguageExt.Either<TinyTcp.Client.ClientError, LanguageExt.Unit>;

namespace TinyTcp.Cli;

/// <summary>
/// The command line of the tour: <c>tinytcp HOST PORT</c>. The parser only tells the words apart;
/// <see cref="TourPlan"/> judges them, so that every complaint is a sentence of ours.
/// </summary>
internal sealed class TourCommand
{
    private readonly Argument<string> host = new("host")
    {
        Description = "The server's name or IP address.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Argument<string> port = new("port")
    {
        Description = "The server's port, 1 to 65535.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<string> timeout = new("--timeout")
    {
        Description = string.Create(
            CultureInfo.InvariantCulture,
            $"The longest wait for a connection or a reply; {TourPlan.DefaultTimeout.TotalSeconds} unless given."
        ),
        HelpName = "SECONDS",
    };

    /// <summary>Puts the tour on a command.</summary>
    internal void AddTo(Command command, Surroundings surroundings)
    {
        command.Arguments.Add(host);
        command.Arguments.Add(port);
        command.Options.Add(timeout);
        command.SetAction((parsed, cancellationToken) => RunAsync(parsed, surroundings, cancellationToken));
    }

    private async Task<int> RunAsync(
        ParseResult parsed,
        Surroundings surroundings,
        CancellationToken cancellationToken
    )
    {
        var tour = TourPlan.From(
            parsed.GetValue(host),
            parsed.GetValue(port),
            parsed.GetValue(timeout),
            surroundings
        );
        return tour.IsLeft
            ? ((Complaint)tour).Tell(surroundings.Error)
            : Told(await ((Tour)tour).RunAsync(cancellationToken), surroundings.Error);
    }

    private static int Told(Outcome ended, TextWriter error) =>
        ended.IsLeft ? Complaint.Of((ClientError)ended).Tell(error) : ExitCodes.Success.Code;
}
