using System.CommandLine;
using TinyTcp.Cli.Asking;
using TinyTcp.Cli.Benching;
using TinyTcp.Cli.Completion;
using TinyTcp.Cli.Interactive;
using TinyTcp.Cli.Probing;
using TinyTcp.Cli.Sending;

namespace TinyTcp.Cli;

/// <summary>The program as a function: words and a world in, an exit code out.</summary>
internal static class CommandLine
{
    /// <summary>The program's name.</summary>
    internal const string Name = "tinytcp";

    // EPIPE: nobody reads what is written.
    private const int BrokenPipe = 32;

    // Words that begin with @ are hosts like any other, not files of more words.
    private static readonly ParserConfiguration Parsing = new() { ResponseFileTokenReplacer = null };

    // Signals and what nobody expected are the program's affair.
    private static readonly InvocationConfiguration Invocation = new()
    {
        EnableDefaultExceptionHandler = false,
        ProcessTerminationTimeout = null,
    };

    /// <summary>Does what the words say.</summary>
    /// <param name="args">The words after the program's name.</param>
    /// <param name="surroundings">Where to write, and what time it is.</param>
    /// <param name="listen">Begins to listen for the signals that end a program, and gives what is cancelled by one.</param>
    /// <param name="by">How the program ends by the signal that was heard.</param>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    internal static async Task<int> RunAsync(
        IReadOnlyList<string> args,
        Surroundings surroundings,
        Func<CancellationToken> listen,
        Func<ExitCode> by
    )
    {
        var heard = CancellationToken.None;
        try
        {
            return await UnlessWrongAsync(args, surroundings, () => heard = listen());
        }
        catch (OperationCanceledException) when (heard.IsCancellationRequested)
        {
            return by().Code;
        }
        catch (IOException closed) when (closed.HResult == BrokenPipe)
        {
            return ExitCodes.OutputClosed.Code;
        }
        catch (InputException unread)
        {
            return Complaint.OfInput(unread).Tell(surroundings.Error);
        }
        catch (Exception unwritten) when (unwritten is IOException or UnauthorizedAccessException)
        {
            // The client's own troubles are values, and the input's have a name: this is the output's.
            return Complaint.OfOutput(unwritten).Tell(surroundings.Error);
        }
    }

    /// <summary>The whole command line, for the parser, for help and for completion.</summary>
    internal static Command Create(Surroundings surroundings)
    {
        var calls = new CallOptions(surroundings);
        var colours = new Colours();
        var program = new Command(
            Name,
            "The TinyTCP client: asks a server, checks what it says, and prints it.\nGiven a host and a port, or --target, and no command, it has the original client's two conversations: TIME and QUIT, then ECHO and QUIT."
        );
        new TourCommand(calls, surroundings).AddTo(program);
        calls.AddTo(program);
        colours.AddTo(program);
        program.Options.Add(HelpText.Option(surroundings));
        program.Options.Add(VersionText.Option(surroundings.Output));
        new AskCommands(calls, surroundings).AddTo(program);
        new SendCommand(calls, surroundings).AddTo(program);
        new BenchCommand(calls, colours, surroundings).AddTo(program);
        new ProbeCommand(calls, colours, surroundings).AddTo(program);
        new ShellCommand(calls, colours, surroundings).AddTo(program);
        new ExamplesCommand(surroundings).AddTo(program);
        new CompletionCommand(program, surroundings).AddTo();
        return program;
    }

    /// <summary>
    /// The words as the parser leaves them alone: it would drop a first word that is the program's own name (and a
    /// host may be called that), and would take [fe80::1] at the start for a directive.
    /// </summary>
    private static IReadOnlyList<string> Words(IReadOnlyList<string> args) =>
        args is [['[', .. var address, ']'], ..] && address.Contains(':', StringComparison.Ordinal)
            ? [Name, address, .. args.Skip(1)]
            : [Name, .. args];

    private static async Task<int> UnlessWrongAsync(
        IReadOnlyList<string> args,
        Surroundings surroundings,
        Func<CancellationToken> listen
    )
    {
        var program = Create(surroundings);
        if (args.Count == 0)
        {
            HelpText.Write(program, surroundings);
            return ExitCodes.Usage.Code;
        }

        var parsed = program.Parse(Words(args), Parsing);
        var wrong = Misuse.In(parsed);
        return wrong.IsSome
            ? ((Complaint)wrong).Tell(surroundings.Error)
            : await parsed.InvokeAsync(
                Invocation,
                parsed.CommandResult.Command is ShortCommand ? CancellationToken.None : listen()
            );
    }
}

/// <summary>A command that is over so soon that nothing has to be put in order when a signal ends the process.</summary>
/// <param name="name">Its name.</param>
/// <param name="description">What it does.</param>
internal sealed class ShortCommand(string name, string description) : Command(name, description);
