"""A server that has started serves when the system allows no more threads."""
import os
import shutil
import signal
import socket
import subprocess

from support import GREETING, SERVER, Server, expect, skip

NOBODY = 65534


def check_a_server_that_may_start_no_more_threads_reloads_logs_and_serves():
    if os.geteuid() != 0 or not shutil.which("setpriv"):
        skip("to lower RLIMIT_NPROC for the server takes root, whom it does not bind, and setpriv")
    user = ["setpriv", "--reuid", str(NOBODY), "--clear-groups"]
    with Server(["--log-level", "debug", "--max-connections", "1"], program=[*user, SERVER]) as server:
        subprocess.run([*user, "prlimit", "--pid", str(server.process.pid), "--nproc=1"], check=True)
        with socket.create_connection(("127.0.0.1", server.port)) as first:
            expect(first.recv(100) == GREETING, "the first client is served")
            for _ in range(200):
                server.send(signal.SIGHUP)
                expect(server.exchange() == b"ERROR SERVER_BUSY\n", "the second client is rejected")
            server.wait_for_log("Settings reloaded")
            server.wait_for_log("Connections rejected")
            first.sendall(b"QUIT\n")
            expect(first.recv(100) == b"BYE\n", "the first client is still served")
        expect(not server.ended(), server.error())
