using System;
using LanguageExt;
using TinyTcp.Core.Errors;
using TinyTcp.Core.Wire;

namespace TinyTcp.Core.Commands;

/// <summary>What a command makes of the text after its verb: a closed union.</summary>
public abstract record ArgumentRule
{
    private ArgumentRule() { }

    /// <summary>How protocol.md names the rule.</summary>
    public abstract string Name { get; }

    /// <summary>The command for an argument, or the error that answers it.</summary>
    /// <param name="argument">Trimmed UTF-8 without LF; empty where there is none.</param>
    internal abstract Either<ErrorCode, Command> Apply(ReadOnlyMemory<byte> argument);

    /// <summary>Whatever follows is ignored (C-2).</summary>
    /// <param name="Command">The command it always is.</param>
    public sealed record Ignored(Command Command) : ArgumentRule
    {
        /// <inheritdoc/>
        public override string Name => "ignored";

        internal override Either<ErrorCode, Command> Apply(ReadOnlyMemory<byte> argument) => Command;
    }

    /// <summary>A text must follow (C-4).</summary>
    /// <param name="Make">The command for that text.</param>
    public sealed record Required(Func<LineText, Command> Make) : ArgumentRule
    {
        /// <inheritdoc/>
        public override string Name => "required";

        internal override Either<ErrorCode, Command> Apply(ReadOnlyMemory<byte> argument) =>
            argument.IsEmpty ? ErrorCode.BadArguments : Make(LineText.FromTrusted(argument));
    }
}
