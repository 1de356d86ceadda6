"""`dure` standing by: started once for a folder, and forked for each command.

What a command does, prints and ends with is its own; shared is the start-up, the greater part of what
short commands take. Nothing is open when it forks: no database, no file.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory

from tests import blank

Ran = subprocess.CompletedProcess[str]


class StandingBy:
    """Runs commands in the network of one folder, or of its database on a server."""

    def __init__(self, home: Path, database_url: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.site.standing_by"],
            env=blank.surroundings(home, database_url), cwd=blank.ROOT, text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )  # fmt: skip

    def run(self, words: tuple[str, ...], env: Mapping[str, str]) -> Ran:
        assert self.process.stdin is not None and self.process.stdout is not None
        with TemporaryDirectory() as folder:
            out, err = Path(folder) / "out", Path(folder) / "err"
            asked = {"words": words, "env": dict(env), "out": str(out), "err": str(err)}
            self.process.stdin.write(json.dumps(asked) + "\n")
            self.process.stdin.flush()
            code = int(self.process.stdout.readline())
            return Ran(list(words), code, out.read_text("utf-8"), err.read_text("utf-8"))

    def leave(self) -> None:
        self.process.communicate(timeout=20)


def main() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "dure.site.settings"
    from dure.site import cli
    from dure.site.cli.root import set_up

    set_up()
    import_module("dure.site.urls")  # the doors of all rooms
    for line in sys.stdin:
        asked = json.loads(line)
        child = os.fork()
        if not child:
            for stream, place in ((1, asked["out"]), (2, asked["err"])):
                os.dup2(os.open(place, os.O_WRONLY | os.O_CREAT), stream)
            os.environ.update(asked["env"])
            sys.argv = ["dure", *asked["words"]]
            cli.main()  # ends the child
        _child, status = os.waitpid(child, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)


if __name__ == "__main__":
    main()
