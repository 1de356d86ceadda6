"""Running: the web server and the worker beside it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys

import click
from django.utils.translation import gettext as _now


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--workers", default=2, show_default=True, type=click.IntRange(1, 64))
@click.option(
    "--without-worker", is_flag=True, help=_now("Do not start the worker for mail and clock work.")
)
def serve(host: str, port: int, workers: int, without_worker: bool) -> None:
    """두레를 띄웁니다 · Serves the pages and the API, with the worker beside it."""
    run_server(host, port, workers, with_worker=not without_worker)


def run_server(host: str, port: int, workers: int = 2, *, with_worker: bool = True) -> None:
    """Upgrade the tables, start the worker, serve until stopped.

    Granian, WSGI: with `workers_kill_timeout`, because without it a stop within the first moments
    after a start can hang for ever.
    """
    from django.db import connections

    from .. import founding, health

    health.prepare()
    _forget_old_sessions()
    address = f"http://{'localhost' if host in ('127.0.0.1', '0.0.0.0', '::1') else host}:{port}/"
    if founding.is_needed():
        address += f"welcome/?code={founding.code()}"
    for connection in connections.all():
        connection.close()
        if hasattr(connection, "close_pool"):
            connection.close_pool()
    helper = (
        subprocess.Popen([sys.executable, "-m", "dure.site.cli", "worker"], env=os.environ.copy())
        if with_worker
        else None
    )
    try:
        _serve(host, port, workers, address)
    finally:
        if helper is not None and helper.poll() is None:
            helper.send_signal(signal.SIGTERM)
            try:
                helper.wait(10)
            except subprocess.TimeoutExpired:
                helper.kill()


def _serve(host: str, port: int, workers: int, address: str) -> None:
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    server = Granian(
        "dure.site.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=2,
        workers_kill_timeout=5,
        log_level=LogLevels.warning,
    )

    @server.on_startup
    def tell() -> None:
        click.echo(_now("Dure is at %(address)s · Ctrl+C stops it") % {"address": address})
        sys.stdout.flush()

    server.serve()


def _forget_old_sessions() -> None:
    from django.core.management import call_command

    call_command("clearsessions")


@click.command()
@click.option("--once", is_flag=True, help=_now("Do what is due and stop."))
def worker(once: bool) -> None:
    """메일과 정기 작업을 맡습니다 · Sends mail, seals, reminds."""
    from ..clockwork import Worker

    helper = Worker()
    if once:
        click.echo(_now("%(count)d pieces of work done.") % {"count": helper.turn()})
        return

    def stop(number: int, frame: object) -> None:
        helper.stopping = True

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    helper.run()
