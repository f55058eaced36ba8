"""A thread per connection, and text: what a TinyTCP server is in an afternoon. Usage: server.py PORT"""
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


class Visit(socketserver.StreamRequestHandler):
    disable_nagle_algorithm = True

    def handle(self):
        self.say("WELCOME, I'm TinyServer not pressure")
        for line in self.rfile:
            request = line.decode("utf-8", "ignore").strip()
            if request:
                reply = reply_to(request)
                self.say(reply)
                if reply == "BYE":
                    return

    def say(self, reply):
        self.wfile.write((reply + "\n").encode())


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    request_queue_size = 4096


Server(("127.0.0.1", int(sys.argv[1])), Visit).serve_forever()
