"""Start the programs of tests without the seconds that their imports take.

`python` gives the path of an executable that understands ``-m MODULE``, ``-c CODE`` and ``FILE`` as
Python's own does. A server, one for each process of tests, forks for every call. The child gets the caller's
arguments, directory, environment and standard streams, and the caller ends as the child does. Python
itself runs what the server cannot: a program with another locale, or with other options of Python. Limits
of the caller (``ulimit``) do not reach the child.
"""

from __future__ import annotations

import atexit
import functools
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import ModuleType
from typing import Any, NoReturn

__all__ = ["copy_empty_butlers", "curator", "parse_defaults_once", "python", "search_path"]

# Nothing but built-in modules: this is the part of each call that is started cold.
CALLER = """\
#!{python} -IS
import marshal, os, signal, sys
from _socket import AF_UNIX, SCM_RIGHTS, SOCK_STREAM, SOL_SOCKET, socket

words = [os.fsencode(word) for word in {first!r} + sys.argv[1:]]
known = {settings!r}
settings = {{name: value for name, value in os.environb.items() if name.startswith({prefixes!r})}}
options = words[2:] if words[:2] == [b"-W", b"ignore"] else words
if settings != known or not options or (options[0][:1] == b"-" and options[0] not in (b"-m", b"-c")):
    os.execv({python!r}, [{python!r}, *words])
server = socket(AF_UNIX, SOCK_STREAM)
server.connect({address!r})
for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
    signal.signal(number, lambda number, _: server.send(bytes([number])))
request = marshal.dumps((words, os.getcwdb(), dict(os.environb), os.umask(os.umask(0o77))))
streams = b"".join(number.to_bytes(4, sys.byteorder) for number in (0, 1, 2))
server.sendmsg([len(request).to_bytes(8, "big")], [(SOL_SOCKET, SCM_RIGHTS, streams)])
server.sendall(request)
status = int(server.recv(16) or b"1")
if status < 0:
    if status != -signal.SIGKILL:
        signal.signal(-status, signal.SIG_DFL)
    os.kill(os.getpid(), -status)
os._exit(status)
"""
# Variables that Python or a library reads while it starts.
SETTINGS = (b"PYTHON", b"LC_", b"LANG")
LOADED = [
    "astropy.io.ascii",
    "astropy.io.fits",
    "astropy.table",
    "astropy.time",
    "astropy.units",
    "jsonschema",
    "yaml",
    "lsst.daf.butler",
    "lsst.daf.butler.datastores.fileDatastore",
    "lsst.daf.butler.direct_butler",
    "lsst.daf.butler.formatters.json",
    "lsst.daf.butler.registry.collections.synthIntKey",
    "lsst.daf.butler.registry.databases.sqlite",
    "lsst.daf.butler.registry.databases.postgresql",
    "lsst.daf.butler.registry.datasets.byDimensions",
    "lsst.daf.butler.registry.sql_registry",
    "lsst.daf.butler.registry.opaque",
    "lsst.daf.butler.registry.dimensions.static",
    "sqlalchemy.dialects.sqlite",
    "sqlalchemy.dialects.postgresql",
    "psycopg",
    "psycopg2",
    "boto3",
    "copier",
    "jinja2_ansible_filters",
]


def python(path: str = "") -> str:
    """Return an executable that runs programs as Python does, without loading what they import.

    Modules come from ``path`` first, as with ``PYTHONPATH``; the programs must be called with that set.
    """
    return str(_folder(path) / "python")


def curator() -> str:
    """Return an executable that runs ``python -m curator``."""
    return str(_folder() / "curator")


def search_path() -> str:
    """Return a folder for ``PATH`` with warm ``curator``, ``python`` and ``butler`` and nothing else."""
    return str(_folder() / "bin")


@functools.cache
def _folder(path: str = "") -> Path:
    # Not in pytest's own folder: the address of a socket has at most about a hundred characters.
    folder = Path(tempfile.mkdtemp(prefix="curator-warm-"))
    address = str(folder / "socket")
    environment = {**os.environb, **({b"PYTHONPATH": os.fsencode(path)} if path else {})}
    server = subprocess.Popen(
        [sys.executable, __file__, address],
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd="/",
    )

    owner = os.getpid()

    def stop() -> None:
        if os.getpid() == owner:  # not in a fork of the tests
            server.communicate()

    atexit.register(stop)
    settings = {name: value for name, value in environment.items() if name.startswith(SETTINGS)}
    (folder / "bin").mkdir()
    callers = [("python", []), ("curator", ["-m", "curator"])]
    callers += [(f"bin/{name}", first) for name, first in callers]
    butler = Path(sys.executable).with_name("butler")
    if butler.exists():
        callers.append(("bin/butler", [str(butler)]))
    for name, first in callers:
        text = CALLER.format(
            python=sys.executable, first=first, address=address, settings=settings, prefixes=SETTINGS
        )
        (folder / name).write_text(text)
        (folder / name).chmod(0o755)
    assert server.stdout is not None
    assert server.stdout.readline() == b"ready\n"
    return folder


@functools.cache
def parse_defaults_once() -> None:
    """Parse the defaults that the Butler ships once, not again for each Butler of this process."""
    import pickle

    try:
        from lsst.daf.butler import Config
    except ImportError:
        return
    parse = Config._Config__initFromYaml  # type: ignore[attr-defined]
    known: dict[str, bytes] = {}

    def read(self: Config, stream: Any) -> Config:
        name = getattr(stream, "name", "")
        if not name.startswith("resource://lsst.daf.butler/"):
            return parse(self, stream)  # type: ignore[no-any-return]
        if name not in known:
            parse(self, stream)
            known[name] = pickle.dumps(self._data)
        self._data = pickle.loads(known[name])  # noqa: S301
        return self

    Config._Config__initFromYaml = read  # type: ignore[attr-defined]


@functools.cache
def copy_empty_butlers() -> None:
    """Let each kind of empty Butler be made once; others are copies of its files.

    Those are on SQLite in their own folder. Where something else is asked, or the files cannot be written,
    `Butler.makeRepo` itself makes the Butler.
    """
    try:
        from lsst.daf.butler import Butler, Config, DimensionConfig
    except ImportError:
        return
    make = Butler.makeRepo
    known: dict[tuple[str, ...], dict[str, bytes]] = {}

    def kind(root: Any, config: Any, dimensions: Any, options: dict[str, Any]) -> tuple[str, ...] | None:
        given = config.toDict() if isinstance(config, Config) else {} if config is None else {"": config}
        if (
            not isinstance(root, str)
            or not re.fullmatch(r"(/[\w.-]+)*/\w+", root)
            or os.path.lexists(root)
            or "DAF_BUTLER_CONFIG_PATH" in os.environ
            or options not in ({}, {"forceConfigRoot": True})
            or given.keys() - {"storageClasses"}
            or not isinstance(dimensions, DimensionConfig | None)
        ):
            return None
        version = [str(dimensions[key]) for key in ("namespace", "version")] if dimensions else []
        return (json.dumps(given, sort_keys=True), *version)

    def make_repo(root: Any, config: Any = None, dimensionConfig: Any = None, **options: Any) -> Any:
        which = kind(root, config, dimensionConfig, options)
        if which in known:
            try:
                os.mkdir(root)
                for name, data in known[which].items():
                    Path(root, name).write_bytes(data)
                return Config(os.path.join(root, "butler.yaml"))
            except OSError:
                shutil.rmtree(root, ignore_errors=True)
        made = make(root, config, dimensionConfig, **options)
        if which is not None:
            files = [path for path in Path(root).rglob("*") if path.is_file()]
            known[which] = {path.relative_to(root).as_posix(): path.read_bytes() for path in files}
        return made

    Butler.makeRepo = staticmethod(make_repo)


def _load() -> None:
    from importlib import import_module
    from pkgutil import walk_packages

    for name in LOADED:
        with suppress(ImportError):
            import_module(name)
    package = import_module("curator")
    for module in walk_packages(package.__path__, "curator."):
        if not module.name.endswith("__main__"):
            with suppress(ImportError):
                import_module(module.name)
    parse_defaults_once()
    copy_empty_butlers()
    with suppress(ImportError), tempfile.TemporaryDirectory() as folder:  # the three that curator makes
        from lsst.daf.butler import Butler

        from curator.registries.registry import open_registry

        with open_registry(f"butler:{folder}/first", "write"):
            Butler.makeRepo(f"{folder}/second")
        with Butler.from_config(f"{folder}/second") as butler:
            Butler.makeRepo(f"{folder}/third", dimensionConfig=butler.dimensions.dimensionConfig)


def _serve(address: str) -> None:
    """Fork for each caller, until nobody holds the other end of standard input."""
    import gc
    import marshal
    import selectors
    import signal
    import socket

    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    del sys.path[0]  # the folder of this file
    _load()
    gc.collect()
    gc.freeze()
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    listener.bind(address)
    listener.listen()
    woken, wake = socket.socketpair()
    for one in (woken, wake):
        one.setblocking(False)
    signal.set_wakeup_fd(wake.fileno())
    signal.signal(signal.SIGCHLD, lambda *_: None)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a key pressed in a terminal is for pytest
    ready = selectors.DefaultSelector()
    for file in (sys.stdin, listener, woken):
        ready.register(file, selectors.EVENT_READ)
    callers: dict[int, socket.socket] = {}
    os.write(1, b"ready\n")

    def begin() -> Callable[[], NoReturn] | None:
        caller = listener.accept()[0]
        size, streams, _, _ = socket.recv_fds(caller, 8, 3)
        data = b""
        while len(data) < int.from_bytes(size, "big"):
            data += caller.recv(1 << 20)
        request = marshal.loads(data)
        process = os.fork()
        if not process:
            signal.set_wakeup_fd(-1)
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            signal.signal(signal.SIGINT, signal.default_int_handler)
            for one in (listener, woken, wake, caller, *callers.values()):
                one.close()
            ready.close()
            return functools.partial(_run, streams, *request)
        for stream in streams:
            os.close(stream)
        callers[process] = caller
        ready.register(caller, selectors.EVENT_READ, process)
        return None

    def end() -> None:
        woken.recv(4096)
        while callers:
            process, status = os.waitpid(-1, os.WNOHANG)
            if not process:
                break
            with callers.pop(process) as caller, suppress(OSError, KeyError):
                caller.sendall(b"%d" % os.waitstatus_to_exitcode(status))
                ready.unregister(caller)  # no longer there where it was killed

    while True:
        for key, _ in ready.select():
            if key.fileobj is sys.stdin:
                shutil.rmtree(os.path.dirname(address), ignore_errors=True)
                for process in callers:
                    os.kill(process, signal.SIGKILL)
                os._exit(0)
            elif key.fileobj is listener:
                if job := begin():
                    job()
            elif key.fileobj is woken:
                end()
            elif key.data in callers:
                caller = callers[key.data]
                try:
                    numbers = caller.recv(16)
                except OSError:
                    numbers = b""
                for number in numbers or [signal.SIGKILL]:
                    os.kill(key.data, number)
                if not numbers:
                    ready.unregister(caller)


def _run(
    streams: list[int], words: list[bytes], folder: bytes, environment: dict[bytes, bytes], umask: int
) -> NoReturn:
    """Be the program."""
    import threading
    import traceback

    status: Any = 1
    try:
        _dress(streams, folder, environment, umask)
        _start([os.fsdecode(word) for word in words])
        status = 0
    except SystemExit as stop:
        status = stop.code
    except BaseException as error:
        traceback.print_exception(error)
        if isinstance(error, KeyboardInterrupt):
            status = -2
    try:
        threading._shutdown()  # type: ignore[attr-defined]
        atexit._run_exitfuncs()
        if sys.stdout is not None:
            sys.stdout.flush()
    except BaseException:
        status = 120
    if status is not None and not isinstance(status, int):
        print(status, file=sys.stderr)
        status = 1
    if status == -2:
        import signal

        signal.signal(signal.SIGINT, signal.SIG_DFL)
        os.kill(os.getpid(), signal.SIGINT)
    os._exit((status or 0) & 255)


def _dress(streams: list[int], folder: bytes, environment: dict[bytes, bytes], umask: int) -> None:
    for number, stream in enumerate(streams):
        os.dup2(stream, number)
        os.close(stream)
    os.chdir(folder)
    os.umask(umask)
    os.environb.clear()
    os.environb.update(environment)
    # They are open as long as the process.
    encoding, errors = sys.stdout.encoding, sys.stdout.errors
    sys.stdin = sys.__stdin__ = open(0, encoding=encoding, errors=errors, closefd=False)  # noqa: SIM115
    sys.stdout = sys.__stdout__ = open(1, "w", encoding=encoding, errors=errors, closefd=False)  # noqa: SIM115
    errors = "backslashreplace"
    sys.stderr = sys.__stderr__ = open(2, "w", 1, encoding=encoding, errors=errors, closefd=False)  # noqa: SIM115


def _start(words: list[str]) -> None:
    import warnings

    if words[0] == "-W":
        warnings.simplefilter("ignore")
        del words[:2]
    atexit._clear()
    if words[0] == "-m":
        import runpy

        sys.argv = words[1:]
        sys.path.insert(0, os.getcwd())
        runpy.run_module(words[1], run_name="__main__", alter_sys=True)
        return
    main = sys.modules["__main__"] = ModuleType("__main__")
    if words[0] == "-c":
        sys.argv = ["-c", *words[2:]]
        sys.path.insert(0, "")
        code, name = words[1], "<string>"
    else:
        sys.argv = words
        sys.path.insert(0, os.path.dirname(os.path.abspath(words[0])))
        code, name = Path(words[0]).read_text(encoding="utf-8"), words[0]
        main.__file__ = name
    exec(compile(code, name, "exec"), main.__dict__)  # noqa: S102


if __name__ == "__main__":
    _serve(sys.argv[1])
