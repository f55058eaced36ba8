"""A TinyTCP server with a thread per connection, on socketserver. Usage: server.py PORT"""
import socketserver
import sys
from datetime import datetime


def reply_to(line):
    verb, _, argument = line.partition(" ")
    argument = argument.strip()
    if verb.upper() == "TIME":
        return "TIME " + datetime.now().astimezone().isoformat(timespec="seconds")
    if verb.upper() == "ECHO":
        return "ECHO " + argument if argument else "ERROR BAD_ARGUMENTS"
    if verb.upper() == "HELP":
        return "HELP COMMANDS: TIME | ECHO <TEXT> | HELP | QUIT"
    if verb.upper() == "QUIT":
        return "BYE"
    return "ERROR UNKNOWN_COMMAND"


class ConnectionHandler(socketserver.StreamRequestHandler):
    disable_nagle_algorithm = True

    def handle(self):
        self.send("WELCOME, I'm TinyServer not pressure")
        for line in self.rfile:
            request = line.decode("utf-8", "ignore").strip()
            if request:
                reply = reply_to(request)
                self.send(reply)
                if reply == "BYE":
                    return

    def send(self, reply):
        self.wfile.write((reply + "\n").encode())


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    request_queue_size = 4096


Server(("127.0.0.1", int(sys.argv[1])), ConnectionHandler).serve_forever()
