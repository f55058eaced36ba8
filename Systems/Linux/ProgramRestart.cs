namespace TinyTcp.Systems.Linux;

/// <summary>Starts this program again in the same process, with the same arguments.</summary>
internal static unsafe class ProgramRestart
{
    private const string Arguments = "/proc/self/cmdline";

    /// <summary>Whether the program and its arguments are known.</summary>
    public static bool IsPossible => Environment.ProcessPath is not null && File.Exists(Arguments);

    /// <summary>Starts the program again. It returns only if that fails.</summary>
    public static void Execute()
    {
        // As the arguments came, which need not be UTF-8. Each ends with NUL.
        var bytes = File.ReadAllBytes(Arguments);
        var arguments = new byte*[bytes.AsSpan().Count((byte)0) + 1];
        fixed (byte* first = bytes)
        {
            var next = first;
            for (var number = 0; number < arguments.Length - 1; number++)
            {
                arguments[number] = next;
                next += bytes.AsSpan((int)(next - first)).IndexOf((byte)0) + 1;
            }

            fixed (byte** pointer = arguments)
            {
                _ = Libc.Execute(Environment.ProcessPath ?? "", pointer);
            }
        }
    }
}
