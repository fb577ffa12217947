"""A PostgreSQL server of the tests' own: on loopback, in a temporary folder, gone afterwards."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

__all__ = ["Server", "binaries", "running"]

USER = "curator"


class Server:
    """A running server.

    Parameters
    ----------
    port : int
    """

    def __init__(self, port: int) -> None:
        self.port = port
        self._count = 0

    def database(self) -> str:
        """Make an empty database as an administrator would, and return its address."""
        self._count += 1
        name = f"butler{self._count}"
        self.execute("postgres", f"CREATE DATABASE {name}")
        return f"postgresql://{USER}@127.0.0.1:{self.port}/{name}"

    def copy(self, address: str) -> str:
        """Make a copy of a database that nobody is connected to, and return its address."""
        self._count += 1
        base, _, name = address.rpartition("/")
        copy = f"butler{self._count}"
        self.execute("postgres", f"CREATE DATABASE {copy} TEMPLATE {name} STRATEGY FILE_COPY")
        return f"{base}/{copy}"

    def drop(self, address: str) -> None:
        """Remove a database."""
        self.execute("postgres", f"DROP DATABASE {address.rpartition('/')[2]}")

    def execute(self, database: str, *statements: str) -> list[tuple[object, ...]]:
        import psycopg

        rows: list[tuple[object, ...]] = []
        with psycopg.connect(
            f"postgresql://{USER}@127.0.0.1:{self.port}/{database}", autocommit=True
        ) as connection:
            for statement in statements:
                cursor = connection.execute(statement)  # type: ignore[arg-type]
                rows = cursor.fetchall() if cursor.description else []
        return rows


def binaries() -> Path | None:
    """Return the folder of ``initdb`` and ``pg_ctl``, `None` where no server is installed."""
    if found := shutil.which("initdb"):
        return Path(found).parent
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda one: float(one.parts[-3]))
    return versions[-1].parent if versions else None


def _somebody_else() -> str:
    """Return an account without rights: the server's own where it was installed with one."""
    known = {one.pw_name for one in pwd.getpwall()}
    return next(name for name in ("postgres", "nobody") if name in known)


@contextmanager
def running(folder: Path, programs: Path) -> Iterator[Server]:
    """Run a server in ``folder``; as root it runs as somebody else, since it refuses to be root's."""
    account = _somebody_else() if os.geteuid() == 0 else None
    if account:
        shutil.chown(folder, account)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]

    def call(*words: str) -> None:
        done = subprocess.run(
            [programs / words[0], "-D", folder / "data", *words[1:]],
            user=account,
            cwd="/",
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,  # a pipe would stay open as long as the server runs
            stderr=subprocess.DEVNULL,
            check=False,
        )
        log = folder / "log"
        assert done.returncode == 0, (words, log.read_text() if log.exists() else "")

    call("initdb", "-A", "trust", "-U", USER, "--no-sync", "-E", "UTF8", "--locale=C")
    options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories="
    options += " -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c autovacuum=off"
    call("pg_ctl", "-w", "-o", options, "-l", str(folder / "log"), "start")
    try:
        server = Server(port)
        server.execute("template1", "CREATE EXTENSION btree_gist")
        yield server
    finally:
        call("pg_ctl", "-m", "immediate", "-w", "stop")
