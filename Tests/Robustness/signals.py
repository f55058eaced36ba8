"""Signals at unfavourable moments."""
import os
import re
import shutil
import signal
import socket
import tempfile

from support import GREETING, SERVER, STOPPED, Server, expect, expect_none, wait_until


def check_a_signal_between_the_stop_and_the_exit_does_not_change_the_exit_code():
    problems = []
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGQUIT, signal.SIGHUP):
        for _ in range(10):
            with Server() as server:
                server.send(signal.SIGTERM)
                server.wait_for_log("Stopped after")
                while not server.ended():
                    server.send(number)
                code = server.wait()
                if code != STOPPED:
                    problems.append(f"{number.name} after 'Stopped': exit {code}, {server.error()[:200]}")
    expect_none(problems)


def check_of_two_SIGHUPs_the_settings_of_the_last_one_hold():
    with tempfile.TemporaryDirectory() as folder:
        program, settings = (os.path.join(folder, name) for name in ("tinytcpd", "appsettings.json"))
        shutil.copy(SERVER, program)
        slow = '{"Other": ["' + "x" * 40_000_000 + '"], "TinyTcp": {"MaxConnections": 7}}'
        with Server(program=program) as server:
            write(settings, slow)
            server.send(signal.SIGHUP)
            wait_until_delivered(server, signal.SIGHUP)  # The kernel merges two that are pending.
            write(settings, '{"TinyTcp": {"MaxConnections": 1}}')
            server.send(signal.SIGHUP)
            with socket.create_connection(("127.0.0.1", server.port)) as first:
                expect(first.recv(100) == GREETING, "the first client is served")
                wait_until(lambda: server.exchange() == b"ERROR SERVER_BUSY\n",
                           "the second client is rejected: max-connections is 1")
            expect(server.stop() == STOPPED, f"exit {server.process.returncode}")


def check_a_server_that_ignores_SIGHUP_from_its_start_goes_on_ignoring_it():
    with Server(ignored=(signal.SIGHUP,)) as server:
        server.send(signal.SIGHUP)
        expect(server.exchange() == GREETING + b"BYE\n", "the server serves")
        expect(server.stop() == STOPPED, f"exit {server.process.returncode}")


def wait_until_delivered(server, number):
    """Waits while a signal of the process is pending."""
    def is_pending():
        with open(f"/proc/{server.process.pid}/status", encoding="ascii") as status:
            return int(re.search(r"ShdPnd:\s*(\w+)", status.read())[1], 16) >> (number - 1) & 1
    wait_until(lambda: not is_pending(), f"{number.name} is delivered")


def write(path, text):
    """Replaces a file at once."""
    with open(f"{path}.new", "w", encoding="utf-8") as file:
        file.write(text)
    os.replace(f"{path}.new", path)
