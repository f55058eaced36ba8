using System.Text;
using LanguageExt;

namespace TinyTcp.Cli;

/// <summary>What a command line needs of the world, so that a test can be the world.</summary>
/// <param name="Input">Standard input.</param>
/// <param name="Bytes">Standard output, for bytes.</param>
/// <param name="Error">Where complaints go.</param>
/// <param name="Time">The clock.</param>
/// <param name="Variable">The environment's variables.</param>
internal sealed record Surroundings(
    Stream Input,
    Stream Bytes,
    TextWriter Error,
    TimeProvider Time,
    Func<string, Option<string>> Variable
)
{
    /// <summary>Standard output, for characters: each line is written at once.</summary>
    internal TextWriter Output { get; } =
        new StreamWriter(Bytes, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false))
        {
            AutoFlush = true,
            NewLine = "\n",
        };

    /// <summary>What of it is a terminal.</summary>
    internal Func<Terminal> Terminal { get; init; } = static () => Cli.Terminal.None;

    /// <summary>The process's own.</summary>
    internal static Surroundings OfTheProcess() =>
        new(
            Console.OpenStandardInput(),
            Console.OpenStandardOutput(),
            Console.Error,
            TimeProvider.System,
            static name => Prelude.Optional(Environment.GetEnvironmentVariable(name))
        )
        {
            Terminal = Cli.Terminal.OfTheProcess,
        };
}
