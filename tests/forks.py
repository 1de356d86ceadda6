"""Processes of a network, for tests that let several race or kill them: forked, so that they start at
once.

    racer = forks.start("tests.loans.racing", "1")   # its `main("1")`, in a process of its own
    racer.stdout.readline(); racer.kill()
    forks.run("tests.loans.racing", "begin")          # to its end; what it printed

The start-up, the greater part of what they would take, is done once by a process that opens no
database and only forks.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import traceback
from collections.abc import Mapping
from contextlib import suppress
from importlib import import_module

from tests import blank

LONGEST_ORDER = 4096


class Fork:
    """A process that was forked: what it reads, what it prints, how it ended."""

    def __init__(self, pid: int, stdin: int, stdout: int, ended: int) -> None:
        self.pid, self._ended = pid, ended
        self.stdin, self.stdout = os.fdopen(stdin, "w"), os.fdopen(stdout)

    def kill(self) -> int:
        """Really killed, unless it had come to its end; nothing of it goes on when this returns."""
        with suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)
        return self.wait()

    def wait(self) -> int:
        """0, 1 when it broke, or minus the signal that ended it."""
        self.stdin.close()
        with os.fdopen(self._ended) as ended:
            said = ended.read()
        self.stdout.close()
        return int(said) if said else -signal.SIGKILL


class Forks:
    def __init__(self, env: Mapping[str, str]) -> None:
        self.door, theirs = socket.socketpair()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.forks", str(theirs.fileno())],
            env=env, cwd=blank.ROOT, pass_fds=[theirs.fileno()],
        )  # fmt: skip
        theirs.close()

    def start(self, module: str, *words: str) -> Fork:
        reads, stdin = os.pipe()
        stdout, prints = os.pipe()
        ended, ends = os.pipe()
        theirs = [reads, prints, ends]
        socket.send_fds(self.door, [json.dumps([module, *words]).encode()], theirs)
        for end in theirs:
            os.close(end)
        return Fork(int(self.door.recv(32)), stdin, stdout, ended)

    def run(self, module: str, *words: str) -> str:
        """Raises AssertionError when it broke."""
        fork = self.start(module, *words)
        printed = fork.stdout.read()
        assert fork.wait() == 0, (module, words)
        return printed

    def leave(self) -> None:
        self.door.close()
        self.process.wait(20)


def main() -> None:
    door = socket.socket(fileno=int(sys.argv[1]))
    import django

    django.setup()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for them here
    while True:
        order, theirs, _flags, _address = socket.recv_fds(door, LONGEST_ORDER, 3)
        if not order:
            return
        pid = os.fork()
        if not pid:
            door.close()
            _obey(*json.loads(order), theirs=theirs)
        for end in theirs:
            os.close(end)
        door.send(str(pid).encode())


def _obey(module: str, *words: str, theirs: list[int]) -> None:
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    reads, prints, ends = theirs
    os.dup2(reads, 0)
    os.dup2(prints, 1)
    code = 0
    try:
        import_module(module).main(*words)
    except BaseException:  # noqa: BLE001 - the code tells
        traceback.print_exc()
        code = 1
    sys.stdout.flush()
    os.write(ends, str(code).encode())
    os._exit(code)


if __name__ == "__main__":
    main()
