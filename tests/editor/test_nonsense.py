"""Whatever a client sends, the server answers with an error that says what is wrong, and goes on."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from curator.extras import install_command

from .conftest import COMMAND, DEFECTS
from .raw import Raw

PARSE, REQUEST, METHOD, PARAMS, EARLY = -32700, -32600, -32601, -32602, -32002


def position(uri: str, line: Any = 0, character: Any = 0) -> dict[str, Any]:
    return {"textDocument": {"uri": uri}, "position": {"line": line, "character": character}}


def item(uri: str, text: str, version: int = 1) -> dict[str, Any]:
    return {"textDocument": {"uri": uri, "languageId": "ecsv", "version": version, "text": text}}


def request(method: str, params: object) -> bytes:
    return json.dumps({"jsonrpc": "2.0", "id": 7, "method": method, "params": params}).encode()


@pytest.mark.parametrize(
    ("body", "number", "code"),
    [
        (b"{", None, PARSE),
        (b"\xff\xfe", None, PARSE),
        (b"[" * 100_000, None, PARSE),
        (b"[]", None, REQUEST),
        (b"1", None, REQUEST),
        (b"null", None, REQUEST),
        (b"{}", None, REQUEST),
        (b'{"jsonrpc": "1.0", "id": 1, "method": "initialize"}', None, REQUEST),
        (b'{"jsonrpc": "2.0", "id": {}, "method": "shutdown"}', None, REQUEST),
        (b'{"jsonrpc": "2.0", "id": true, "method": "shutdown"}', None, REQUEST),
        (b'{"jsonrpc": "2.0", "id": 7, "method": 8}', 7, REQUEST),
        (b'{"jsonrpc": "2.0", "id": "x", "method": "textDocument/hover"}', "x", PARAMS),
        (request("curator/unheard/of", {"a": [1]}), 7, METHOD),
        (request("textDocument/hover", [1, 2]), 7, PARAMS),
        (request("textDocument/hover", position("file:///x.yaml", "y")), 7, PARAMS),
        (request("textDocument/completion", {}), 7, PARAMS),
        (request("textDocument/codeAction", {"range": 1}), 7, PARAMS),
        (request("initialize", {"capabilities": {}}), 7, REQUEST),
        (request("workspace/executeCommand", {"command": "rm"}), 7, PARAMS),
    ],
)
def test_what_is_no_message_is_refused(tmp_path: Path, body: bytes, number: object, code: int) -> None:
    with Raw(tmp_path) as raw:
        raw.begin()
        raw.send(body)
        answer = raw.answer(number)  # type: ignore[arg-type]
        assert answer["error"]["code"] == code
        assert answer["error"]["message"]
        raw.is_well()
        assert raw.end() == 0


def test_notifications_that_make_no_sense_are_passed_over(repository: Path) -> None:
    uri = (repository / DEFECTS).as_uri()
    change = {"range": {"start": {"line": 0, "character": 0}, "end": {"line": 0, "character": 1}}, "text": ""}
    with Raw(repository) as raw:
        raw.begin(repository)
        for method, params in (
            ("curator/unheard/of", {}),
            ("$/setTrace", {"value": "loud"}),
            ("$/cancelRequest", {"id": 12345}),
            ("textDocument/didOpen", {}),
            ("textDocument/didOpen", None),
            ("textDocument/didOpen", {"textDocument": 1}),
            (
                "textDocument/didChange",
                {"textDocument": {"uri": uri, "version": 2}, "contentChanges": [change]},
            ),
            (
                "textDocument/didChange",
                {"textDocument": {"uri": uri, "version": "2"}, "contentChanges": [{}]},
            ),
            ("textDocument/didClose", {"textDocument": {"uri": uri}}),
            ("textDocument/didSave", {"textDocument": {"uri": uri}}),
            ("workspace/didChangeWatchedFiles", {"changes": [{"uri": "nonsense", "type": 1}]}),
            (
                "workspace/didChangeWorkspaceFolders",
                {"event": {"added": [], "removed": [{"uri": "x", "name": "x"}]}},
            ),
        ):
            raw.notify(method, params)
        raw.send({"jsonrpc": "2.0", "id": 99, "result": None})
        raw.send({"jsonrpc": "2.0", "id": 99, "error": {"code": 1, "message": "no"}})
        raw.is_well()
        raw.notify("textDocument/didOpen", item(uri, (repository / DEFECTS).read_text()))
        assert raw.read()["params"]["diagnostics"] == []
        assert raw.end() == 0


@pytest.mark.parametrize(
    "uri",
    [
        *(
            "",
            "x",
            "file:",
            "file://",
            "file:///",
            "file:///a%00b.ecsv",
            "file:///%ff%fe.ecsv",
            "file://[bad/x.ecsv",
        ),
        *("untitled:Untitled-1.ecsv", "http://example.org/x.ecsv", "git:/x.ecsv", "file://host/share/x.ecsv"),
        *("file:///proc/self/mem.ecsv", "file:///../../x.yaml", "file:///" + "a/" * 3000 + "x.ecsv"),
    ],
)
def test_documents_that_are_no_files_here_are_kept_and_left_alone(repository: Path, uri: str) -> None:
    with Raw(repository) as raw:
        raw.begin()
        raw.notify("textDocument/didOpen", item(uri, "# - {OBSTYPE: \n"))
        assert raw.ask("textDocument/hover", position(uri, 0, 6))["result"] is None
        assert raw.ask("textDocument/completion", position(uri, 0, 14))["result"]["items"] == []
        raw.notify("textDocument/didClose", {"textDocument": {"uri": uri}})
        raw.is_well()


def test_places_beyond_the_text_are_its_nearest(repository: Path) -> None:
    path = repository / DEFECTS
    uri = path.as_uri()
    with Raw(repository) as raw:
        raw.begin(repository)
        raw.notify("textDocument/didOpen", item(uri, path.read_text()))
        assert raw.read()["params"]["diagnostics"] == []
        for line, character in ((0, 2**31 - 1), (2**31 - 1, 0), (10, 10_000), (2**31 - 1, 2**31 - 1)):
            assert "error" not in raw.ask("textDocument/hover", position(uri, line, character))
            assert "error" not in raw.ask("textDocument/completion", position(uri, line, character))
        end = {"line": 2**31 - 1, "character": 2**31 - 1}
        backwards = {"range": {"start": end, "end": {"line": 0, "character": 0}}, "text": ""}
        raw.notify(
            "textDocument/didChange",
            {"textDocument": {"uri": uri, "version": 2}, "contentChanges": [backwards]},
        )
        found = raw.read()["params"]
        assert found["version"] == 2
        assert found["diagnostics"][0]["range"]["start"] == {"line": 0, "character": 0}
        assert raw.end() == 0


def test_a_change_that_comes_too_late_changes_nothing(repository: Path) -> None:
    path = repository / DEFECTS
    uri = path.as_uri()
    start = {"line": 0, "character": 0}
    with Raw(repository) as raw:
        raw.begin(repository)
        raw.notify("textDocument/didOpen", item(uri, path.read_text(), version=5))
        assert raw.read()["params"]["diagnostics"] == []
        late = {"range": {"start": start, "end": start}, "text": "late "}
        raw.notify(
            "textDocument/didChange", {"textDocument": {"uri": uri, "version": 3}, "contentChanges": [late]}
        )
        raw.notify("textDocument/didSave", {"textDocument": {"uri": uri}})
        found = raw.read()["params"]
        assert (found["version"], found["diagnostics"]) == (5, [])


TEXTS = {
    "half a pair": "\ud800\n",
    "zeros": "\0" * 100,
    "deep": "# %ECSV 1.0\n# " + "[" * 50_000,
    "colons": "a: " * 20_000,
    "line ends": "\r\r\n\u2028",
}


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
@pytest.mark.parametrize("suffix", ["ecsv", "yaml"])
def test_any_text_is_checked_or_refused(repository: Path, text: str, suffix: str) -> None:
    uri = (repository / DEFECTS).with_suffix(f".{suffix}").as_uri()
    with Raw(repository) as raw:
        raw.begin(repository)
        raw.notify("textDocument/didOpen", item(uri, text))
        found = raw.read()["params"]["diagnostics"]
        assert found
        assert not [one for one in found if "bug" in one["message"]]
        for line in range(3):
            raw.ask("textDocument/hover", position(uri, line, 3))
            raw.ask("textDocument/completion", position(uri, line, 3))
        raw.is_well()


def test_a_message_too_long_is_skipped_and_the_next_one_read(tmp_path: Path) -> None:
    with Raw(tmp_path) as raw:
        raw.begin()
        raw.write(b"Content-Length: 160000000\r\n\r\n")
        for _ in range(160):
            raw.write(b"x" * 1_000_000)
        assert raw.answer(None)["error"]["code"] == REQUEST
        raw.is_well()
        assert raw.end() == 0


def test_lines_that_are_no_headers_are_passed_over(tmp_path: Path) -> None:
    with Raw(tmp_path) as raw:
        raw.write(b"GET / HTTP/1.1\r\nContent-Length: -5\r\n\r\nContent-Length: many\r\n\r\n")
        raw.write(b"x" * 100_000 + b"\r\n" + bytes(range(256)) + b"\r\n\r\n")
        raw.begin()
        raw.is_well()
        assert raw.end() == 0


def test_random_bytes_and_mangled_messages_do_not_stop_it(repository: Path) -> None:
    rng = random.Random(20)
    uri = (repository / DEFECTS).as_uri()
    good = json.dumps(
        {"jsonrpc": "2.0", "method": "textDocument/didOpen", "params": item(uri, "# %ECSV 1.0\n")}
    )
    with Raw(repository) as raw:
        raw.begin(repository)
        for _ in range(150):
            body = bytearray(good.encode())
            for _ in range(rng.randrange(1, 6)):
                body[rng.randrange(len(body))] = rng.randrange(256)
            raw.send(bytes(body))
            raw.write(rng.randbytes(rng.randrange(40)).replace(b":", b"") + b"\n")
        raw.is_well()
        assert raw.end() == 0


def test_nothing_is_answered_before_initialize_and_after_shutdown(tmp_path: Path) -> None:
    with Raw(tmp_path) as raw:
        assert raw.ask("textDocument/hover", position("file:///x.ecsv"))["error"]["code"] == EARLY
        assert raw.ask("shutdown")["error"]["code"] == EARLY
        raw.notify("textDocument/didOpen", item("file:///x.ecsv", ""))
        assert raw.begin()["result"]["serverInfo"]["name"] == "curator"
        assert raw.ask("shutdown")["result"] is None
        assert raw.ask("textDocument/hover", position("file:///x.ecsv"))["error"]["code"] == REQUEST
        raw.notify("exit", None)
        assert raw.process.wait(20) == 0


def children_of(number: int) -> list[int]:
    return [int(one) for one in Path(f"/proc/{number}/task/{number}/children").read_text().split()]


def gone(number: int) -> bool:
    """Wait until a process is no more; one that only its parent has not looked after is no more."""
    for _ in range(200):
        try:
            if Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[0] == "Z":
                return True
        except (FileNotFoundError, ProcessLookupError):
            return True
        time.sleep(0.1)
    return False


@pytest.mark.skipif(not Path("/proc/self").is_dir(), reason="processes are looked at through /proc")
@pytest.mark.parametrize("how", ["exit", "stdin", "kill", "term"])
def test_no_process_is_left_however_the_client_leaves(repository: Path, how: str) -> None:
    with Raw(repository, COMMAND) as raw:
        raw.begin(repository)
        raw.is_well()
        (worker,) = children_of(raw.process.pid)
        if how == "exit":
            raw.notify("exit", None)
            assert raw.process.wait(20) == 1
        elif how == "stdin":
            assert raw.process.stdin is not None
            raw.process.stdin.close()
            assert raw.process.wait(20) == 1
            raw.process.stdin = None
        else:
            raw.process.send_signal(signal.SIGKILL if how == "kill" else signal.SIGTERM)
            raw.process.wait(20)
        assert gone(worker)


@pytest.mark.skipif(not Path("/proc/self").is_dir(), reason="processes are looked at through /proc")
def test_it_ends_with_the_editor_that_started_it(repository: Path) -> None:
    # The editor's pipe stays open: somebody else, here this test, holds its end.
    source, sink = os.pipe()
    script = (
        "import subprocess, sys, time\n"
        f"server = subprocess.Popen({list(COMMAND)!r}, stdin={source}, stdout=subprocess.DEVNULL)\n"
        "print(server.pid, flush=True)\n"
        "time.sleep(60)\n"
    )
    editor = subprocess.Popen(
        [sys.executable, "-c", script], cwd=repository, stdout=subprocess.PIPE, pass_fds=(source,), text=True
    )
    try:
        assert editor.stdout is not None
        server = int(editor.stdout.readline())
        body = json.dumps(
            {
                "jsonrpc": "2.0",
                "id": 1,
                "method": "initialize",
                "params": {"processId": editor.pid, "rootUri": None, "capabilities": {}},
            }
        )
        os.write(sink, f"Content-Length: {len(body)}\r\n\r\n{body}".encode())
        time.sleep(1)
        editor.kill()
        editor.communicate()
        assert gone(server)
    finally:
        os.close(source)
        os.close(sink)


def test_a_worker_that_dies_is_replaced(repository: Path) -> None:
    path = repository / DEFECTS
    uri = path.as_uri()
    with Raw(repository, COMMAND) as raw:
        raw.begin(repository)
        raw.notify("textDocument/didOpen", item(uri, path.read_text()))
        assert raw.read()["params"]["diagnostics"] == []
        os.kill(children_of(raw.process.pid)[0], signal.SIGKILL)
        found: list[object] = ["nothing yet"]
        for _ in range(10):
            raw.notify("textDocument/didSave", {"textDocument": {"uri": uri}})
            while (message := raw.read())["method"] != "textDocument/publishDiagnostics":
                continue
            found = message["params"]["diagnostics"]
            if not found:
                break
        assert found == []
        assert raw.end() == 0


def test_without_the_extra_one_line_names_it(tmp_path: Path) -> None:
    (tmp_path / "pygls.py").write_text("raise ImportError")
    done = subprocess.run(
        COMMAND,
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
    )
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.splitlines() == [
        "curator: the language server needs pygls, which is not installed",
        f"  hint: install it with: {install_command('lsp')}",
    ]


def test_nothing_in_the_repository_is_run(repository: Path) -> None:
    for name in ("json.py", "curator.py", "astropy.py", "sitecustomize.py"):
        (repository / name).write_text("open('ran', 'w').write('yes')\n")
    path = repository / DEFECTS
    script = Path(sys.executable).with_name("curator")
    server = subprocess.Popen(
        [str(script), "lsp"],
        cwd=repository,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    with Raw(repository) as raw:
        raw.process.kill()
        raw.process.communicate()
        raw.process = server
        raw.begin(repository)
        raw.notify("textDocument/didOpen", item(path.as_uri(), path.read_text()))
        assert raw.read()["params"]["diagnostics"] == []
        assert raw.end() == 0
    assert not (repository / "ran").exists()
