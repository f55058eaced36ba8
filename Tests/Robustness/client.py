"""The client with its standard streams closed, full or at a size limit."""
import itertools
import resource

from support import CLIENT, Server, assert_clean, expect_none, run

STREAMS = [set(closed) for size in range(4) for closed in itertools.combinations((0, 1, 2), size)]

# The exit codes of tinytcp --help.
SUCCESS, USAGE, IO_FAILED = 0, 2, 10

READERS = ("echo", "send", "shell")
COMMANDS = ("time", "echo hi", *READERS, "probe -c 1", "bench --duration 0.1 --warmup 0 --noise 0 --connections 1", "--help",
            "--version", "time --wrong")


def right_code(command, closed):
    """The exit code of a command with closed streams: a reply that cannot be written is no success."""
    if "--wrong" in command:
        return USAGE
    return IO_FAILED if 1 in closed or (0 in closed and command in READERS) else SUCCESS


def check_the_client_with_closed_streams_ends_with_a_documented_exit_code():
    problems = []
    print("    closed:", *(f"{''.join(map(str, sorted(closed))) or 'none':>5}" for closed in STREAMS))
    with Server() as server:
        for command in COMMANDS:
            codes = []
            for closed in STREAMS:
                ended = run([CLIENT, *command.split()], closed=closed, input=b"ECHO hi\n",
                            variables={"TINYTCP_TARGET": f"127.0.0.1:{server.port}"})
                codes.append(f"{ended.code:>5}")
                if ended.code != right_code(command, closed) or (ended.code == SUCCESS and not ended.output):
                    problems.append(f"{command}, closed {sorted(closed)}: {ended}")
                assert_clean(command, ended.error)
            print(f"    {command.split(' ')[0]:>7}", *codes)
    expect_none(problems)


def check_the_client_with_a_full_output_or_a_size_limit_says_that_it_cannot_write():
    problems = []
    with Server() as server, open("/dev/full", "wb") as full:
        target = {"TINYTCP_TARGET": f"127.0.0.1:{server.port}", "DOTNET_EnableWriteXorExecute": "0"}
        for command in COMMANDS:
            for surroundings in ({"stdout": full}, {"limits": {resource.RLIMIT_FSIZE: 0}}):
                ended = run([CLIENT, *command.split()], input=b"ECHO hi\n", variables=target, **surroundings)
                right = right_code(command, {1})
                # Of the two, only the limit keeps the error from its file, too.
                if ended.code != right or ("stdout" in surroundings and not ended.error.startswith("tinytcp: ")):
                    problems.append(f"{command}, {list(surroundings)}: {ended}")
                assert_clean(command, ended.error)
    expect_none(problems)
