// The protocol without any network: a line and a time in, a reply out.
using TinyTcp.Core.Verbs;

while (Console.ReadLine() is { } line)
{
    var request = Protocol.Parse(line);
    var reply = Protocol.Evaluate(request, DateTimeOffset.Now);
    Console.WriteLine(Protocol.Render(reply));
}
