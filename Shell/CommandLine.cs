using System.CommandLine;
using System.CommandLine.Completions;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using System.Reflection;
using TinyTcp.Core.Spelling;
using TinyTcp.Core.Units;
using TinyTcp.Shell.Settings;

namespace TinyTcp.Shell;

/// <summary>
/// The command line: one option per row of <see cref="SettingTable"/>, the settings file, their check, help and version.
/// </summary>
internal static class CommandLine
{
    private const int HelpWidth = 80;

    private static readonly IReadOnlyDictionary<Setting, Option> Options = SettingTable.Rows.ToDictionary(
        static setting => setting,
        CreateOption
    );

    private static readonly Option<string> ConfigOption = new("--config", "-c")
    {
        Description =
            $"JSON file with settings. [default: {SettingsFile.SystemPath}, or if that does not exist {SettingsFile.LocalName} beside the program]",
        HelpName = Setting.FileValueName,
    };

    private static readonly Option<bool> CheckOption = new("--check")
    {
        Description = "Check the settings, print each with its source, and exit.",
    };

    /// <summary>The program's version; the commit follows a plus sign.</summary>
    public static string Version =>
        typeof(CommandLine)
            .Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()
            ?.InformationalVersion
        ?? "";

    private static readonly Argument<string> ShellArgument = CreateShellArgument();

    /// <summary>Parses arguments. Help, version and completion are actions of the result.</summary>
    public static ParseResult Parse(IReadOnlyList<string> arguments)
    {
        var root = new RootCommand("The TinyTCP server.");
        // [suggest] would print completions instead of starting the server.
        root.Directives.Clear();
        root.Add(ConfigOption);
        root.Add(CheckOption);
        Options.Values.ToList().ForEach(root.Add);
        root.Add(CreateCompletion());
        // Without an action the parser would require a command.
        root.SetAction(static _ => ExitCode.Stopped.Code);
        var help = root.Options.OfType<HelpOption>().Single();
        help.Action = new HelpWithSections((HelpAction)help.Action!);
        // The library's other names, such as /h, are not options to zsh and fish.
        help.Aliases.Clear();
        help.Aliases.Add("-h");
        var version = root.Options.OfType<VersionOption>().Single();
        version.Action = new PrintVersion();
        version.Aliases.Add("-V");
        return root.Parse(arguments, new ParserConfiguration { ResponseFileTokenReplacer = null });
    }

    /// <summary>The first syntax error in one sentence, if there is one.</summary>
    public static LanguageExt.Option<string> SyntaxError(this ParseResult parsed) =>
        // A word such as '[suggest]', which the parser passes over if it knows no directive.
        parsed.Tokens
            is [{ Type: TokenType.Directive, Value: var word }, ..]
            ? $"Unexpected argument '{word}'."
        : parsed.UnmatchedTokens is [['-', ..] unknown, ..]
            ? $"Unknown option '{unknown}'.{SuggestionFor(unknown.Split('=')[0], parsed)}"
        : parsed.UnmatchedTokens is [var extra, ..]
            ? $"Unexpected argument '{extra}'. The address is --host and --port."
        : parsed.Errors is [var error, ..] ? error.Message
        : LanguageExt.Option<string>.None;

    /// <summary>Whether the result prints something, and starts no server.</summary>
    public static bool IsPrint(this ParseResult parsed) =>
        parsed.Action is PrintAction action && (parsed.Errors.Count == 0 || action.ClearsParseErrors);

    /// <summary>The path of the settings file, if given.</summary>
    public static LanguageExt.Option<string> ConfigPath(this ParseResult parsed) =>
        parsed.GetValue(ConfigOption) ?? LanguageExt.Option<string>.None;

    /// <summary>Whether to check the settings and exit.</summary>
    public static bool IsCheck(this ParseResult parsed) => parsed.GetValue(CheckOption);

    /// <summary>The text given for a setting, if any.</summary>
    public static LanguageExt.Option<string> TextOf(this ParseResult parsed, Setting setting) =>
        parsed.GetResult(Options[setting]) is not { Implicit: false } ? LanguageExt.Option<string>.None
        : Options[setting] is Option<bool> isOn ? (parsed.GetValue(isOn) ? "true" : "false")
        : parsed.GetValue((Option<string>)Options[setting]) ?? "";

    private static Option CreateOption(Setting setting) =>
        setting.IsSwitch
            ? new Option<bool>(setting.Option) { Description = setting.Description }
            : new Option<string>(setting.Option)
            {
                Description = setting.Description,
                HelpName = setting.ValueName,
                CompletionSources =
                {
                    _ => setting.Choices.Select(static choice => new CompletionItem(choice)),
                },
            };

    private static Argument<string> CreateShellArgument()
    {
        var argument = new Argument<string>("shell");
        argument.Validators.Add(static result =>
        {
            var name = result.Tokens.Count == 0 ? "" : result.Tokens[0].Value;
            if (CompletionScript.Find(name).IsNone)
            {
                result.AddError($"'{name}' is not a known shell. Give bash, zsh or fish.");
            }
        });
        return argument;
    }

    private static Command CreateCompletion() =>
        new("completion", "Print a script for shell completion: bash, zsh or fish.")
        {
            Arguments = { ShellArgument },
            Action = new PrintCompletion(),
        };

    private static string SuggestionFor(string word, ParseResult parsed) =>
        Typos
            .FindSimilar(
                word,
                parsed.CommandResult.Command.Options.SelectMany(static option =>
                    option.Aliases.Prepend(option.Name)
                )
            )
            .Match(Some: static name => $" Did you mean '{name}'?", None: static () => "");

    /// <summary>An action that prints, and starts no server.</summary>
    private abstract class PrintAction : SynchronousCommandLineAction
    {
        public override int Invoke(ParseResult parseResult)
        {
            Print(parseResult, parseResult.InvocationConfiguration.Output);
            return ExitCode.Stopped.Code;
        }

        protected abstract void Print(ParseResult parsed, TextWriter output);
    }

    /// <summary>The help of the command-line library in a fixed width, then the sections that it does not know.</summary>
    private sealed class HelpWithSections(HelpAction inner) : PrintAction
    {
        public override bool ClearsParseErrors => true;

        private static Setting Example =>
            SettingTable.Rows.Single(static setting => setting.Name == "max-line");

        private static IEnumerable<string> Sections =>
            [
                "Settings:",
                $"  The options from {SettingTable.Rows[0].Option} to {SettingTable.Rows[^1].Option} are settings. Each can also be an",
                $"  environment variable, or a key in the section {Setting.Section} of the settings file.",
                "  The option takes precedence over the variable, and the variable over the",
                "  file. Example:",
                $"  {Example.Option}, {Example.EnvironmentVariable}, {Setting.Section}:{Example.ConfigurationKey}",
                "",
                $"  DURATION is a number and a unit: {UnitNotation.Durations.Names}, such as 500ms or 1.5s. Without a",
                "  unit the number is seconds.",
                $"  SIZE is a number of bytes, or a number and a unit: {UnitNotation.Sizes.Names}, such as 64k. A k",
                "  is 1,024 bytes.",
                "",
                "Signals:",
                "  SIGINT (Ctrl-C), SIGTERM  stop in order; a second one aborts open connections",
                "  SIGHUP                    reload the settings file; the log lists the changes",
                "",
                "Exit codes:",
                .. ExitCode.All.Select(static exit => $"  {exit.Code}  {exit.Description}"),
            ];

        protected override void Print(ParseResult parsed, TextWriter output)
        {
            inner.MaxWidth = HelpWidth;
            inner.Invoke(parsed);
            if (parsed.CommandResult.Command is RootCommand)
            {
                Sections.ToList().ForEach(output.WriteLine);
            }
        }
    }

    private sealed class PrintVersion : PrintAction
    {
        public override bool ClearsParseErrors => true;

        protected override void Print(ParseResult parsed, TextWriter output) =>
            output.WriteLine($"tinytcpd {Version}");
    }

    private sealed class PrintCompletion : PrintAction
    {
        protected override void Print(ParseResult parsed, TextWriter output) =>
            CompletionScript
                .Find(parsed.GetValue(ShellArgument) ?? "")
                .IfSome(script => output.Write(script.Render([.. parsed.RootCommandResult.Command.Options])));
    }
}
