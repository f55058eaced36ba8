using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace TinyTcp.Cli.Terminals;

/// <summary>How a terminal treats input and output: Linux's struct termios.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct TerminalAttributes
{
    // BRKINT, ISTRIP, INLCR, IGNCR, ICRNL, IXON: what changes keys or acts on them.
    private const uint InputTranslation = 0x2 | 0x20 | 0x40 | 0x80 | 0x100 | 0x400;

    // ISIG, ICANON, ECHO, ECHONL, IEXTEN.
    private const uint LineEditing = 0x1 | 0x2 | 0x8 | 0x40 | 0x8000;

    private const int VTime = 5;
    private const int VMin = 6;

    private uint inputFlags;
    private readonly uint outputFlags;
    private readonly uint controlFlags;
    private uint localFlags;
    private readonly byte lineDiscipline;
    private ControlCharacters controlCharacters;
    private readonly uint inputSpeed;
    private readonly uint outputSpeed;

    /// <summary>The same, but each key is read at once, without echo, and none sends a signal. Output is treated as before.</summary>
    internal readonly TerminalAttributes ToRaw()
    {
        var raw = this;
        raw.inputFlags &= ~InputTranslation;
        raw.localFlags &= ~LineEditing;
        raw.controlCharacters[VMin] = 1;
        raw.controlCharacters[VTime] = 0;
        return raw;
    }

    [InlineArray(32)]
    private struct ControlCharacters
    {
        private byte first;
    }
}
