using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.Reflection;
using TinyTcp.Shell.Settings;

namespace TinyTcp.Shell;

/// <summary>The command line as the table of settings gives it: which options there are, and their help.</summary>
internal static class CommandLine
{
    private const int HelpWidth = 80;

    private static readonly IReadOnlyDictionary<Setting, Option<string>> Options =
        SettingTable.Rows.ToDictionary(
            static setting => setting,
            static setting => new Option<string>(setting.Option)
            {
                Description = setting.Description,
                HelpName = setting.ValueName,
            }
        );

    /// <summary>Parses arguments; help and version are actions of the result.</summary>
    public static ParseResult Parse(IReadOnlyList<string> arguments)
    {
        var root = new RootCommand("The TinyTCP server.");
        Options.Values.ToList().ForEach(root.Add);
        var help = root.Options.OfType<HelpOption>().Single();
        help.Action = new HelpWithNotes((HelpAction)help.Action!);
        root.Options.OfType<VersionOption>().Single().Action = new NameAndVersion();
        return root.Parse(arguments, new ParserConfiguration { ResponseFileTokenReplacer = null });
    }

    /// <summary>What is wrong with the words themselves, if anything, in one sentence.</summary>
    public static LanguageExt.Option<string> Problem(this ParseResult parsed) =>
        parsed.UnmatchedTokens is [['-', ..] unknown, ..] ? $"There is no option '{unknown}'."
        : parsed.UnmatchedTokens is [var extra, ..] ? $"The word '{extra}' is one too many."
        : parsed.Errors is [var error, ..] ? error.Message
        : LanguageExt.Option<string>.None;

    /// <summary>The text given for a setting, if any.</summary>
    public static LanguageExt.Option<string> Given(this ParseResult parsed, Setting setting) =>
        parsed.GetResult(Options[setting]) is null
            ? LanguageExt.Option<string>.None
            : parsed.GetValue(Options[setting]) ?? "";

    /// <summary>The library's help, of one width everywhere, and after it what has no option of its own.</summary>
    private sealed class HelpWithNotes(HelpAction inner) : SynchronousCommandLineAction
    {
        public override bool ClearsParseErrors => true;

        public override int Invoke(ParseResult parseResult)
        {
            inner.MaxWidth = HelpWidth;
            inner.Invoke(parseResult);
            var output = parseResult.InvocationConfiguration.Output;
            output.WriteLine("Settings:");
            output.WriteLine("  An option wins over its environment variable, that over its key in");
            output.WriteLine(
                $"  appsettings.json beside the program (section {Setting.Section}), that over the default."
            );
            output.WriteLine(
                $"  For example: {Example.Option}, {Example.EnvironmentVariable}, {Setting.Section}:{Example.ConfigurationKey}."
            );
            output.WriteLine();
            output.WriteLine("Signals:");
            output.WriteLine("  SIGINT (Ctrl-C), SIGTERM  stop in order; sent again, at once");
            output.WriteLine(
                "  SIGHUP                    read the settings again; the log says what changes"
            );
            output.WriteLine();
            output.WriteLine("Exit codes:");
            ExitCode.All.ToList().ForEach(exit => output.WriteLine($"  {exit.Code}  {exit.When}"));
            return ExitCode.Stopped.Code;
        }

        private static Setting Example =>
            SettingTable.Rows.Single(static setting => setting.Name == "max-line");
    }

    private sealed class NameAndVersion : SynchronousCommandLineAction
    {
        public override bool ClearsParseErrors => true;

        // What follows a plus sign names a build, not a version.
        private static string Version =>
            typeof(CommandLine)
                .Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()
                ?.InformationalVersion.Split('+')[0]
            ?? "";

        public override int Invoke(ParseResult parseResult)
        {
            parseResult.InvocationConfiguration.Output.WriteLine($"tinytcpd {Version}");
            return ExitCode.Stopped.Code;
        }
    }
}
