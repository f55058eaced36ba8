"""Descriptors 0 to 2 closed, full or at a size limit, and few descriptors left, for the server."""
import itertools
import os
import re
import resource
import shutil
import tempfile

from support import (CANNOT_START, FAILED, GREETING, SERVER, STOPPED, USAGE, Server, assert_clean, expect, expect_none,
                     free_port, run, says_why, skip, start_and_stop)

STREAMS = [set(closed) for size in range(4) for closed in itertools.combinations((0, 1, 2), size)]

# The dynamic loader needs a descriptor to open the C library. Without one it exits before the program begins.
LOADER_FAILED = 127
LOADER_NEEDS = 4


def descriptor_kinds(server):
    """What descriptors 0 to 2 of a process are."""
    return [os.readlink(f"/proc/{server.process.pid}/fd/{number}") for number in range(3)]


def check_a_server_with_closed_streams_serves_and_stops_with_0():
    problems = []
    for closed in STREAMS:
        with Server(port=free_port(), closed=closed) as server:
            replies, kinds, code = server.exchange(), descriptor_kinds(server), server.stop()
            own = [kind for kind in kinds if kind.startswith(("socket:", "anon_inode:", "pipe:"))]
            if replies != GREETING + b"BYE\n" or code != STOPPED or own:
                problems.append(f"closed {sorted(closed)}: exit {code}, {replies}, descriptors 0 to 2: {kinds}")
    expect_none(problems)


def check_a_server_with_closed_streams_serves_without_dev_and_proc():
    if os.geteuid() != 0 or not shutil.which("ldd"):
        skip("chroot takes root and ldd")
    problems = []
    with tempfile.TemporaryDirectory() as root:
        libraries = re.findall(r"/\S+", run(["ldd", SERVER]).output)
        for source, copy in [(SERVER, "/tinytcpd"), *((library, library) for library in libraries)]:
            os.makedirs(os.path.dirname(root + copy), exist_ok=True)
            shutil.copy(source, root + copy)
        for closed in STREAMS:
            with Server(["--log-level", "trace"], program="/tinytcpd", root=root, port=free_port(), closed=closed) as server:
                replies, code = server.exchange(), server.stop()
                if replies != GREETING + b"BYE\n" or code != STOPPED:
                    problems.append(f"closed {sorted(closed)}: exit {code}, {replies}")
    expect_none(problems)


def check_help_and_errors_with_closed_streams_keep_their_exit_codes():
    problems = []
    for closed in STREAMS:
        for arguments, right in ((["--help"], FAILED if 1 in closed else STOPPED), (["--port", "x"], USAGE),
                                 (["--host", "192.0.2.1"], CANNOT_START)):
            ended = run([SERVER, *arguments], closed=closed)
            if ended.code != right or "   at " in ended.error:
                problems.append(f"{arguments}, closed {sorted(closed)}: {ended}, not exit {right}")
    expect_none(problems)


def check_full_output_and_error_keep_the_exit_codes():
    problems = []
    with open("/dev/full", "wb") as full:
        for arguments, stream, right in ((["--help"], "stdout", FAILED), (["--version"], "stdout", FAILED),
                                         (["--port", "x"], "stderr", USAGE), (["--host", "192.0.2.1"], "stderr", CANNOT_START)):
            ended = run([SERVER, *arguments], **{stream: full})
            if ended.code != right or "   at " in ended.error:
                problems.append(f"{arguments}, {stream} full: {ended}, not exit {right}")
    expect_none(problems)


def check_a_log_that_cannot_be_written_stops_no_reply():
    with open("/dev/full", "wb") as full, Server(["--log-level", "trace"], port=free_port(), stdout=full) as server:
        for _ in range(100):
            expect(server.exchange() == GREETING + b"BYE\n", "a client was not served")
        expect(server.stop() == STOPPED, f"exit {server.process.returncode}")


def check_a_log_at_its_size_limit_counts_what_is_lost_and_keeps_whole_lines():
    with Server(["--log-level", "debug"]) as server:
        length = len(server.text())
        for room in (0, 7, 300):
            resource.prlimit(server.process.pid, resource.RLIMIT_FSIZE, (length + room, resource.RLIM_INFINITY))
            for _ in range(20):
                expect(server.exchange() == GREETING + b"BYE\n", "a client was not served")
            resource.prlimit(server.process.pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY,) * 2)
            server.exchange()
            server.wait_for_log(r"[0-9]+ log messages dropped")
            length = len(server.text())
        code = server.stop()
        lines = server.text().splitlines()
        expect(code == STOPPED, f"exit {code}")
        # Of each of the three breaks one line may be cut, but none is continued by another one.
        glued = [line for line in lines if line.count(" debug: ") + line.count(" info: ") + line.count(" warning: ") > 1]
        expect(not glued, f"lines that were glued together: {glued}")


def check_a_server_starts_or_says_why_under_any_limit_of_files():
    problems = []
    for files, threads in itertools.product(range(3, 65), (1, 2, 16, 512)):
        ended = start_and_stop([SERVER, "--port", "0", "--threads", str(threads)], limits={resource.RLIMIT_NOFILE: files})
        right = says_why(ended) or ended.code == (LOADER_FAILED if files < LOADER_NEEDS else STOPPED)
        if not right:
            problems.append(f"{files} files, {threads} threads: {ended}")
    expect_none(problems)


def check_a_size_limit_of_zero_ends_neither_help_nor_server_by_a_signal():
    limits = {resource.RLIMIT_FSIZE: 0}
    ended = run([SERVER, "--help"], limits=limits)
    expect(ended.code == FAILED, f"--help: {ended}")
    with Server(port=free_port(), limits=limits) as server:
        expect(server.exchange() == GREETING + b"BYE\n", "a client was not served")
        expect(server.stop() == STOPPED, f"exit {server.process.returncode}")
    assert_clean("--help", ended.error)
