"""What the checks share: how the programs are started in given surroundings, and how a check fails."""
import contextlib
import os
import re
import resource
import signal
import socket
import subprocess
import tempfile
import time

SERVER = os.environ["TINYTCPD"]
CLIENT = os.environ["TINYTCP"]
GREETING = b"WELCOME, I'm TinyServer not pressure\n"

# The exit codes of tinytcpd --help. A signal's number is negative here.
STOPPED, FAILED, USAGE, CANNOT_START, ABORTED = range(5)

# No start, stop or exchange takes as long, on a slow machine either.
TIMEOUT = 30


class Skipped(Exception):
    """The machine cannot do what a check needs."""


def skip(reason):
    """Leaves a check out."""
    raise Skipped(reason)


def expect(condition, problem):
    """Fails a check."""
    if not condition:
        raise AssertionError(problem)


def expect_none(problems):
    """Fails a check that has tried many things, with those that went wrong."""
    expect(not problems, f"{len(problems)} wrong:" + "".join(f"\n    {problem}" for problem in problems[:20]))


def assert_clean(what, error):
    """What a program writes to standard error has no stack trace."""
    expect("   at " not in error and "Unhandled exception" not in error, f"{what}: a stack trace:\n{error}")


class Run:
    """A program that has ended: exit code (negative for a signal), and what it wrote."""

    def __init__(self, code, output, error):
        self.code, self.output, self.error = code, output, error

    def __str__(self):
        return f"exit {self.code}, output {self.output[:200]!r}, error {self.error[:400]!r}"


def limited(limits, closed=(), ignored=(), root=None):
    """What a child process does before it becomes the program: root folder, limits, closed descriptors, ignored signals."""

    def prepare():
        if root:
            os.chroot(root)
            os.chdir("/")
        for each in ignored:
            signal.signal(each, signal.SIG_IGN)
        for kind, value in limits.items():
            resource.setrlimit(kind, (value, value))
        for descriptor in closed:
            os.close(descriptor)

    return prepare


def environment(variables):
    """This process's variables and the given ones; None removes one."""
    merged = dict(os.environ, **{name: value for name, value in variables.items() if value is not None})
    for name, value in variables.items():
        if value is None:
            merged.pop(name, None)
    return merged


def run(command, *, limits={}, closed=(), ignored=(), variables={}, stdin=subprocess.DEVNULL,
        stdout=None, stderr=None, input=None, inherited=(), timeout=TIMEOUT):
    """Runs a program to its end. A program that does not end is killed, and fails the check."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        process = subprocess.Popen(command, stdin=subprocess.PIPE if input is not None else stdin,
                                   stdout=out if stdout is None else stdout, stderr=err if stderr is None else stderr,
                                   env=environment(variables), preexec_fn=limited(limits, closed, ignored), pass_fds=inherited)
        try:
            process.communicate(input, timeout=timeout)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            raise AssertionError(f"{' '.join(command)}: still there after {timeout} s")
        out.seek(0)
        err.seek(0)
        return Run(process.returncode, out.read().decode(errors="replace"), err.read().decode(errors="replace"))


def start_and_stop(command, **surroundings):
    """Starts a server and stops it by SIGTERM if it listens."""
    with tempfile.NamedTemporaryFile() as log, tempfile.TemporaryFile() as errors:
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=errors,
                                   preexec_fn=limited(surroundings.get("limits", {})),
                                   env=environment(surroundings.get("variables", {})))
        try:
            wait_until(lambda: process.poll() is not None or "Listening" in contents(log), "the server listens or ends")
            if process.poll() is None:
                process.send_signal(signal.SIGTERM)
            process.wait(TIMEOUT)
        except (AssertionError, subprocess.TimeoutExpired) as failure:
            errors.write(str(failure).encode())
        finally:
            process.kill()
            process.wait()
        errors.seek(0)
        return Run(process.returncode, contents(log), errors.read().decode(errors="replace"))


def contents(file):
    """The text of a named file."""
    with open(file.name, encoding="utf-8", errors="replace") as opened:
        return opened.read()


def says_why(ended):
    """Whether a start failed as it should: a sentence, and the exit code for it."""
    return ended.code == CANNOT_START and ended.error.startswith("tinytcpd: ") and ended.error.count("\n") == 1


class Server:
    """A server that listens: its port, and its log and standard error as files that go on growing."""

    def __init__(self, arguments=(), *, program=SERVER, port=0, limits={}, closed=(), ignored=(), variables={},
                 stdout=None, stderr=None, root=None):
        self.log = tempfile.NamedTemporaryFile()
        self.errors = tempfile.NamedTemporaryFile()
        self.process = subprocess.Popen(
            [*([program] if isinstance(program, str) else program), "--port", str(port), *arguments], stdin=subprocess.DEVNULL,
            stdout=self.log if stdout is None else stdout, stderr=self.errors if stderr is None else stderr,
            env=environment(variables), preexec_fn=limited(limits, closed, ignored, root))
        self.port = port

    def __enter__(self):
        if self.port == 0:
            self.port = int(self.wait_for_log(r"Listening on .*:(\d+),").group(1))
        else:
            wait_until(lambda: self.ended() or can_connect(self.port), "the server accepts")
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()

    def ended(self):
        """Whether the process has ended."""
        return self.process.poll() is not None

    def text(self):
        """The log so far."""
        return contents(self.log)

    def error(self):
        """Standard error so far."""
        return contents(self.errors)

    def wait_for_log(self, pattern):
        """Waits until the log matches."""
        found = []

        def matches():
            found[:] = filter(None, [re.search(pattern, self.text())])
            return found or self.ended()

        wait_until(matches, f"the log has {pattern!r}")
        expect(found, f"the server ended with {self.process.poll()}: {self.text()}{self.error()}")
        return found[0]

    def exchange(self, requests=b"QUIT\n"):
        """Sends requests, finishes, and returns all replies."""
        with socket.create_connection(("127.0.0.1", self.port), TIMEOUT) as peer:
            peer.sendall(requests)
            peer.shutdown(socket.SHUT_WR)
            return b"".join(iter(lambda: peer.recv(65536), b""))

    def send(self, number):
        """Sends a signal."""
        self.process.send_signal(number)

    def stop(self, number=signal.SIGTERM):
        """Stops the server and returns its exit code."""
        self.send(number)
        return self.wait()

    def wait(self):
        """Waits for the exit code."""
        try:
            return self.process.wait(TIMEOUT)
        except subprocess.TimeoutExpired:
            raise AssertionError(f"the server is still there after {TIMEOUT} s: {self.text()}")


def can_connect(port):
    """Whether a server listens there."""
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), TIMEOUT):
        return True
    return False


def wait_until(condition, claim):
    """Waits until something is true."""
    end = time.monotonic() + TIMEOUT
    while not condition():
        expect(time.monotonic() < end, f"not within {TIMEOUT} s: {claim}")
        time.sleep(0.01)


def free_port():
    """A free port of the loopback interface, among those that the server accepts."""
    for port in range(20_000 + os.getpid() % 10_000, 49_000):
        with contextlib.suppress(OSError), socket.socket() as probe:
            probe.bind(("127.0.0.1", port))
            return port
    return skip("no port is free")
