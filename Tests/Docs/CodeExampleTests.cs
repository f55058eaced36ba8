using System.Net;
using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using TinyTcp.Client;
using TinyTcp.Core.Verbs;
using TinyTcp.Server;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Docs;

/// <summary>The examples in the XML documentation of the libraries compile for a program that references the libraries.</summary>
public partial class CodeExampleTests
{
    private static readonly Assembly[] Libraries =
    [
        typeof(Protocol).Assembly,
        typeof(TinyServer).Assembly,
        typeof(TinyTcpClient).Assembly,
    ];

    private static readonly string[] Usings =
    [
        "System",
        "System.IO",
        "System.Linq",
        "System.Net",
        "System.Threading.Tasks",
        "Microsoft.Extensions.DependencyInjection",
        "Microsoft.Extensions.Hosting",
        "Microsoft.Extensions.Logging.Abstractions",
        .. Libraries
            .SelectMany(static library => library.GetExportedTypes())
            .Select(static type => type.Namespace!)
            .Distinct(),
    ];

    private static readonly Lazy<MetadataReference[]> References = new(static () =>
        [
            .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
                .Split(Path.PathSeparator)
                .Select(static path => MetadataReference.CreateFromFile(path)),
        ]
    );

    // By the path and the first line of the declaration below the documentation.
    private static readonly Dictionary<string, string> Examples = (
        from folder in new[] { "Core", "Shell/Server", "Client/Library" }
        from path in Repository.Files("*.cs", folder)
        from Match example in Example().Matches(Repository.Read(path))
        select (
            Name: $"{path}: {example.Groups["declaration"].Value}",
            Code: WebUtility
                .HtmlDecode(example.Groups["code"].Value)
                .Replace("///", "", StringComparison.Ordinal)
        )
    ).ToDictionary(static example => example.Name, static example => example.Code);

    public static TheoryData<string> Names => [.. Examples.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void An_example_compiles(string name)
    {
        var source = $$"""
            {{string.Concat(Usings.Select(static name => $"using {name};\n"))}}
            internal static class Example
            {
                internal static async Task RunAsync(IServiceCollection services)
                {
                    {{Examples[name]}}
                }
            }
            """;
        // Another name than that of these tests, which may use the internal types.
        var compilation = CSharpCompilation.Create(
            "Example",
            [CSharpSyntaxTree.ParseText(source)],
            References.Value,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary)
        );
        var errors = compilation
            .GetDiagnostics()
            .Where(static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        Assert.Equal("", string.Join('\n', errors));
    }

    [Theory]
    [InlineData("Core/Verbs/Protocol.Parse.cs: public static partial class Protocol")]
    [InlineData("Core/Sessions/SessionMachine.cs: public static StepResult Step(")]
    [InlineData("Shell/Server/TinyServer.Start.cs: public static Either<StartError, TinyServer> Start(")]
    [InlineData(
        "Shell/Server/TinyTcpHosting.cs: public static IServiceCollection AddTinyTcp(this IServiceCollection services, ServerOptions options)"
    )]
    [InlineData(
        "Client/Library/TinyTcpClient.Connect.cs: public static Task<Either<ClientError, TinyTcpClient>> ConnectAsync("
    )]
    [InlineData("Client/Library/TinyTcpClientHosting.cs: public static IServiceCollection AddTinyTcpClient(")]
    [InlineData(
        "Client/Library/Batch.cs: public static async Task<Either<ClientError, BatchResult>> SendAsync("
    )]
    [InlineData("Client/Library/ServerProbe.cs: public static async Task<ProbeResult> RunAsync(")]
    public void An_entry_point_has_an_example(string name) => Assert.Contains(name, Examples);

    [GeneratedRegex(
        @"/// <example>\s*/// <code>(?<code>.*?)/// </code>\s*/// </example>\s*(?<declaration>[^\n]*)",
        RegexOptions.Singleline,
        matchTimeoutMilliseconds: 10_000
    )]
    private static partial Regex Example();
}
