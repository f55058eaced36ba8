using System.CommandLine;
using TinyTcp.Cli.Bench;
using TinyTcp.Cli.Completion;
using TinyTcp.Cli.Demo;
using TinyTcp.Cli.Errors;
using TinyTcp.Cli.Examples;
using TinyTcp.Cli.IO;
using TinyTcp.Cli.Parsing;
using TinyTcp.Cli.Probe;
using TinyTcp.Cli.Requests;
using TinyTcp.Cli.Send;
using TinyTcp.Cli.Shell;

namespace TinyTcp.Cli;

/// <summary>The program as a function: words and a world in, an exit code out.</summary>
internal static class CommandLine
{
    // EPIPE: nobody reads what is written.
    private const int EPipe = 32;

    // Words that begin with @ are hosts like any other, not files of more words.
    private static readonly ParserConfiguration ParserSettings = new() { ResponseFileTokenReplacer = null };

    // Signals and what nobody expected are the program's affair.
    private static readonly InvocationConfiguration InvocationSettings = new()
    {
        EnableDefaultExceptionHandler = false,
        ProcessTerminationTimeout = null,
    };

    /// <summary>Does what the words say.</summary>
    /// <param name="args">The words after the program's name.</param>
    /// <param name="environment">Where to write, and what time it is.</param>
    /// <param name="listenForSignals">Begins to listen for the signals that end a program, and gives what is cancelled by one.</param>
    /// <param name="exitCodeOfSignal">How the program ends by the signal that was heard.</param>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    internal static async Task<int> RunAsync(
        IReadOnlyList<string> args,
        CliEnvironment environment,
        Func<CancellationToken> listenForSignals,
        Func<ExitCode> exitCodeOfSignal
    )
    {
        var heard = CancellationToken.None;
        try
        {
            return await ParseAndInvokeAsync(args, environment, () => heard = listenForSignals());
        }
        catch (OperationCanceledException) when (heard.IsCancellationRequested)
        {
            return exitCodeOfSignal().Code;
        }
        catch (IOException closed) when (closed.HResult == EPipe)
        {
            return ExitCodes.OutputClosed.Code;
        }
        catch (InputReadException unread)
        {
            return CliError.InputError(unread).WriteTo(environment.Error);
        }
        catch (Exception unwritten) when (unwritten is IOException or UnauthorizedAccessException)
        {
            // The client's own troubles are values, and the input's have a name: this is the output's.
            return CliError.OutputError(unwritten).WriteTo(environment.Error);
        }
    }

    /// <summary>The whole command line, for the parser, for help and for completion.</summary>
    internal static Command Create(CliEnvironment environment)
    {
        var calls = new ConnectionOptions(environment);
        var colours = new ColorOption();
        var program = new Command(
            CliEnvironment.ProgramName,
            "The TinyTCP client: asks a server, checks what it says, and prints it.\nGiven a host and a port, or --target, and no command, it has the original client's two conversations: TIME and QUIT, then ECHO and QUIT."
        );
        new DemoCommand(calls, environment).AddTo(program);
        calls.AddTo(program);
        colours.AddTo(program);
        program.Options.Add(HelpText.CreateOption(environment));
        program.Options.Add(VersionText.CreateOption(environment.Output));
        new RequestCommands(calls, environment).AddTo(program);
        new SendCommand(calls, environment).AddTo(program);
        new BenchCommand(calls, colours, environment).AddTo(program);
        new ProbeCommand(calls, colours, environment).AddTo(program);
        new ShellCommand(calls, colours, environment).AddTo(program);
        new ExamplesCommand(environment).AddTo(program);
        new CompletionCommand(program, environment).AddTo();
        return program;
    }

    /// <summary>
    /// The words as the parser leaves them alone: it would drop a first word that is the program's own name (and a
    /// host may be called that), and would take [fe80::1] at the start for a directive.
    /// </summary>
    private static IReadOnlyList<string> NormalizeArguments(IReadOnlyList<string> args) =>
        args is [['[', .. var address, ']'], ..] && address.Contains(':', StringComparison.Ordinal)
            ? [CliEnvironment.ProgramName, address, .. args.Skip(1)]
            : [CliEnvironment.ProgramName, .. args];

    private static async Task<int> ParseAndInvokeAsync(
        IReadOnlyList<string> args,
        CliEnvironment environment,
        Func<CancellationToken> listenForSignals
    )
    {
        var program = Create(environment);
        if (args.Count == 0)
        {
            HelpText.Write(program, environment);
            return ExitCodes.Usage.Code;
        }

        var parsed = program.Parse(NormalizeArguments(args), ParserSettings);
        var wrong = ParseErrors.FirstOf(parsed);
        return wrong.IsSome
            ? ((CliError)wrong).WriteTo(environment.Error)
            : await parsed.InvokeAsync(
                InvocationSettings,
                parsed.CommandResult.Command is NoSignalCommand ? CancellationToken.None : listenForSignals()
            );
    }
}
