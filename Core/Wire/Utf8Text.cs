using System;
using System.Buffers;
using System.Text;
using System.Text.Unicode;
using LanguageExt;

namespace TinyTcp.Core.Wire;

/// <summary>Encodes characters as UTF-8 (F-7).</summary>
internal static class Utf8Text
{
    /// <summary>The UTF-8 of characters; none if they contain a lone surrogate.</summary>
    internal static Option<ReadOnlyMemory<byte>> Encode(string characters)
    {
        var bytes = new byte[Encoding.UTF8.GetByteCount(characters)];
        var status = Utf8.FromUtf16(
            characters,
            bytes,
            out _,
            out var written,
            replaceInvalidSequences: false
        );
        return status == OperationStatus.Done
            ? new ReadOnlyMemory<byte>(bytes, 0, written)
            : Option<ReadOnlyMemory<byte>>.None;
    }
}
