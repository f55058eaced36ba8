using System.CommandLine;
using TinyTcp.Cli.Bench;
using TinyTcp.Cli.Completion;
using TinyTcp.Cli.Demo;
using TinyTcp.Cli.Errors;
using TinyTcp.Cli.Examples;
using TinyTcp.Cli.IO;
using TinyTcp.Cli.Mock;
using TinyTcp.Cli.Parsing;
using TinyTcp.Cli.Probe;
using TinyTcp.Cli.Replay;
using TinyTcp.Cli.Requests;
using TinyTcp.Cli.Send;
using TinyTcp.Cli.Shell;

namespace TinyTcp.Cli;

/// <summary>The program as a function from arguments and an environment to an exit code.</summary>
internal static class CommandLine
{
    // The error number for writing to a pipe without a reader.
    private const int EPipe = 32;

    // An argument that starts with @ is not a response file.
    private static readonly ParserConfiguration ParserSettings = new() { ResponseFileTokenReplacer = null };

    // Program handles signals and unexpected exceptions.
    private static readonly InvocationConfiguration InvocationSettings = new()
    {
        EnableDefaultExceptionHandler = false,
        ProcessTerminationTimeout = null,
    };

    /// <summary>Parses the arguments and runs the command.</summary>
    /// <param name="args">The arguments, without the program's name.</param>
    /// <param name="environment">The streams, the clock and the variables.</param>
    /// <param name="listenForSignals">Installs signal handlers; returns the token that a signal cancels.</param>
    /// <param name="exitCodeOfSignal">The exit code for the signal that was received.</param>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    internal static async Task<int> RunAsync(
        IReadOnlyList<string> args,
        CliEnvironment environment,
        Func<CancellationToken> listenForSignals,
        Func<ExitCode> exitCodeOfSignal
    )
    {
        var cancellationToken = CancellationToken.None;
        try
        {
            return await ParseAndInvokeAsync(args, environment, () => cancellationToken = listenForSignals());
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return exitCodeOfSignal().Code;
        }
        catch (IOException closed) when (closed.HResult == EPipe)
        {
            return ExitCodes.OutputClosed.Code;
        }
        catch (IOException failed) when (environment.IsTerminalClosed(failed))
        {
            return ExitCodes.HungUp.Code;
        }
        catch (InputReadException unread)
        {
            return CliError.InputError(unread).WriteTo(environment);
        }
        catch (Exception unwritten) when (unwritten is IOException or UnauthorizedAccessException)
        {
            // Network errors are values and input errors have their own type: this one is from the output.
            return CliError.OutputError(unwritten).WriteTo(environment);
        }
    }

    /// <summary>Creates the model of the command line for the parser, help and completion.</summary>
    internal static Command Create(CliEnvironment environment)
    {
        var connectionOptions = new ConnectionOptions(environment);
        var jsonOption = SwitchOption.Json();
        var colorOption = new ColorOption();
        var program = new Command(
            CliEnvironment.ProgramName,
            $"Sends requests to a TinyTCP server and prints the replies.\nThe server may stand before the command: {TargetArgument.Forms}. Without a command it gets the original client's two conversations: TIME and QUIT, then ECHO and QUIT."
        );
        new DefaultCommand(connectionOptions, jsonOption, environment).AddTo(program);
        connectionOptions.AddToProgram(program);
        program.Options.Add(jsonOption);
        colorOption.AddTo(program);
        program.Options.Add(HelpText.CreateOption(environment));
        program.Options.Add(VersionText.CreateOption(environment.Output));
        new RequestCommands(connectionOptions, jsonOption, environment).AddTo(program);
        new SendCommand(connectionOptions, jsonOption, environment).AddTo(program);
        new ReplayCommand(connectionOptions, jsonOption, colorOption, environment).AddTo(program);
        new MockCommand(colorOption, environment).AddTo(program);
        new BenchCommand(connectionOptions, jsonOption, colorOption, environment).AddTo(program);
        new ProbeCommand(connectionOptions, jsonOption, colorOption, environment).AddTo(program);
        var shell = new ShellCommand(connectionOptions, colorOption, environment);
        shell.AddTo(program);
        new DemoCommand(connectionOptions, colorOption, shell, environment).AddTo(program);
        new ExamplesCommand(environment).AddTo(program);
        new CompletionCommand(program, environment).AddTo();
        AddExitCodes(program, environment);
        return program;
    }

    // Hidden, because 'help exit-codes' names it.
    private static void AddExitCodes(Command program, CliEnvironment environment)
    {
        var command = new NoSignalCommand(HelpText.ExitCodesTopic, "Print the exit codes.") { Hidden = true };
        command.SetAction(_ =>
        {
            environment.Output.Write(HelpText.Render(command, environment.Terminal()));
            return ExitCodes.Success.Code;
        });
        program.Subcommands.Add(command);
    }

    private static async Task<int> ParseAndInvokeAsync(
        IReadOnlyList<string> args,
        CliEnvironment environment,
        Func<CancellationToken> listenForSignals
    )
    {
        var program = Create(environment);
        if (args.Count == 0)
        {
            environment.Output.Write(UsageText.Render(program, environment.Terminal()));
            return ExitCodes.Usage.Code;
        }

        var parsed = program.Parse(ArgumentNormalizer.Normalize(program, args), ParserSettings);
        var error = ParseErrors.FirstOf(parsed);
        return error.IsSome
            ? ((CliError)error).WriteTo(environment)
            : await parsed.InvokeAsync(
                InvocationSettings,
                parsed.CommandResult.Command is NoSignalCommand ? CancellationToken.None : listenForSignals()
            );
    }
}
