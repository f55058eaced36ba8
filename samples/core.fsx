// The protocol in F#, without any network: dotnet fsi core.fsx
#r "nuget: TinyTcp.Core, *-*"

open System
open TinyTcp.Core.Verbs

let answer (line: string) =
    let reply = Protocol.Evaluate(Protocol.Parse line, DateTimeOffset.Now)
    Protocol.Render &reply

for line in [ "TIME"; "ECHO from F#"; "HELP"; "ECHO" ] do
    printfn $"{line} -> {answer line}"
