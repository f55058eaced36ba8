"""Starts that fail for want of threads or memory, or for a socket that cannot be served: a sentence, and exit code 3."""
import os
import resource
import shutil
import socket

from support import SERVER, STOPPED, expect, expect_none, run, says_why, skip, start_and_stop

NOBODY = 65534

# The runtime cannot begin with one thread: it exits before the program does.
RUNTIME_NEEDS = 2
RUNTIME_FAILED = 255


def check_too_few_threads_are_a_sentence():
    if os.geteuid() != 0 or not shutil.which("setpriv"):
        skip("to lower RLIMIT_NPROC for the server takes root, whom it does not bind, and setpriv")
    problems = []
    for count in range(1, 40):
        ended = start_and_stop(["setpriv", "--reuid", str(NOBODY), "--clear-groups", "prlimit", f"--nproc={count}",
                                SERVER, "--port", "0", "--threads", "16"])
        if not says_why(ended) and ended.code != (RUNTIME_FAILED if count < RUNTIME_NEEDS else STOPPED):
            problems.append(f"{count} threads: {ended}")
    expect_none(problems)


def check_a_heap_that_is_too_small_for_the_loops_is_a_sentence():
    problems = []
    # Not 0x1000000 and 16 threads: there .NET 10.0.12's garbage collector itself dies of SIGSEGV when it commits memory.
    for limit, threads in (("8000000", 16), ("4000000", 1024), ("4000000", 16), ("2000000", 512), ("800000", 16)):
        ended = run([SERVER, "--port", "0", "--threads", str(threads), "--max-line", "16777216"],
                    variables={"DOTNET_GCHeapHardLimit": limit}, limits={resource.RLIMIT_NOFILE: 4096})
        if not says_why(ended):
            problems.append(f"{threads} threads, heap limit 0x{limit}: {ended}")
    expect_none(problems)


def check_an_address_space_that_is_too_small_for_the_threads_is_a_sentence():
    mebibyte = 1024 * 1024
    ended = run([SERVER, "--port", "0", "--threads", "1024"],
                limits={resource.RLIMIT_AS: 1024 * mebibyte, resource.RLIMIT_STACK: 64 * mebibyte, resource.RLIMIT_NOFILE: 4096},
                variables={"DOTNET_GCHeapHardLimit": "8000000"})
    expect(says_why(ended), ended)


def check_more_LISTEN_FDS_than_descriptors_is_a_sentence():
    for count in ("2", "100000", "2147483647"):
        with socket.create_server(("127.0.0.1", 0)) as listener:
            ended = run_with_descriptor(listener.fileno(), count)
        expect(says_why(ended) and "Descriptor 4 from systemd" in ended.error, f"LISTEN_FDS={count}: {ended}")


def run_with_descriptor(descriptor, count="1"):
    """Runs the server with one descriptor passed as systemd does."""
    return run(["bash", "-c", f"exec 3<&{descriptor}; export LISTEN_FDS={count} LISTEN_PID=$$; exec \"$@\"", "bash", SERVER],
               inherited=(descriptor,))


def check_a_passed_descriptor_that_is_no_TCP_listener_is_a_sentence():
    kinds = {
        "a TCP socket that does not listen": lambda: socket.socket(),
        "a UDP socket": lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM),
        "a Unix socket": lambda: socket.socket(socket.AF_UNIX),
        "an MPTCP socket": lambda: socket.socket(socket.AF_INET, socket.SOCK_STREAM, 262),
        "an SCTP socket": lambda: socket.socket(socket.AF_INET, socket.SOCK_STREAM, 132),
    }
    problems = []
    for name, create in kinds.items():
        try:
            passed = create()
        except OSError:
            continue  # The kernel has none of this kind.
        with passed:
            if name == "an MPTCP socket":
                passed.bind(("127.0.0.1", 0))
                passed.listen()
            ended = run_with_descriptor(passed.fileno())
            if not says_why(ended):
                problems.append(f"{name}: {ended}")
    with open("/dev/null", "rb") as file:
        ended = run_with_descriptor(file.fileno())
        if not says_why(ended):
            problems.append(f"a file: {ended}")
    expect_none(problems)
