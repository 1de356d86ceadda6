"""`dure`: the command line of a network.

Exit status: 0 done, 1 refused or unsound (the reason in one line on stderr), 2 misuse.
"""

from __future__ import annotations

import os
import sys

import click

from .root import root


def main() -> None:
    """The entry point of the console script."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dure.site.settings")
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8")
    from django.core.exceptions import ImproperlyConfigured
    from django.db import OperationalError

    from dure.kernel.refusals import Refusal

    try:
        status = root.main(standalone_mode=False)
    except Refusal as refusal:
        _complain(" ".join(filter(None, (str(refusal), refusal.advice))))
        sys.exit(1)
    except click.exceptions.Exit as leave:
        sys.exit(leave.exit_code)
    except click.Abort:
        sys.exit(130)
    except click.ClickException as misuse:
        misuse.show()
        sys.exit(2 if isinstance(misuse, click.UsageError) else misuse.exit_code)
    except (OperationalError, ImproperlyConfigured) as error:
        _complain(str(error))
        sys.exit(1)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    sys.exit(status if isinstance(status, int) else 0)


def _complain(reason: str) -> None:
    click.echo(" ".join(reason.split()), err=True)
