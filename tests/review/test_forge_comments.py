"""The scoreboard becomes the one comment of a pull request, on a forge that really answers."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from threading import Barrier, BrokenBarrierError, Event, Thread
from typing import Any

import pytest
import yaml
from forge import BOT, HEAD, TOKEN, Answer, Asked, Forge, serve
from hypothesis import given
from hypothesis import strategies as st

from curator.errors import ForgeError
from curator.review.forge.__main__ import main
from curator.review.forge.comments import publish
from curator.review.forge.github import github
from curator.review.markdown import LIMIT, MARK, NOTHING

ROOT = Path(__file__).resolve().parents[2]
BODY = f"{MARK}\n**1 file edited** (`commit a` to `commit b`)\n"
OTHER = f"{MARK}\n**2 files edited** (`commit a` to `commit c`)\n"
SILENT = f"{MARK}\n**{NOTHING}** (`commit a` to `commit b`)\n\n**Check: nothing found**\n"


class Run:
    """What a workflow has when it writes a comment: a folder from the check, an event, variables."""

    def __init__(self, forge: Forge, folder: Path) -> None:
        self.forge = forge
        self.folder = folder / "left"
        self.folder.mkdir()
        (self.folder / "number").write_text("12\n")
        self.event: dict[str, Any] = {
            "event": "pull_request",
            "head_sha": HEAD,
            "head_repository": {"full_name": "fork/obs_x_data"},
        }
        self._event = folder / "event.json"
        self.environment = {
            "GITHUB_API_URL": forge.url,
            "GITHUB_REPOSITORY": "obs/obs_x_data",
            "GITHUB_EVENT_PATH": str(self._event),
            "GITHUB_TOKEN": TOKEN,
            "CI_API_V4_URL": forge.url,
            "CI_PROJECT_ID": "7",
            "CI_MERGE_REQUEST_IID": "12",
            "CI_COMMIT_SHA": HEAD,
            "CURATOR_NOTE_TOKEN": TOKEN,
        }

    def __call__(
        self, body: str = BODY, status: int = 0, forge: str = "github", timeout: float = 20.0
    ) -> None:
        (self.folder / "scoreboard.md").write_text(body)
        self.again(status, forge, timeout)

    def again(self, status: int = 0, forge: str = "github", timeout: float = 20.0) -> None:
        self._event.write_text(json.dumps({"workflow_run": self.event}))
        words = [forge, str(self.folder)]
        assert main(words, self.environment, pause=0.01, timeout=timeout) == status


@pytest.fixture
def forge() -> Iterator[Forge]:
    with serve(Forge()) as found:
        yield found


@pytest.fixture
def run(forge: Forge, tmp_path: Path) -> Run:
    return Run(forge, tmp_path)


@pytest.fixture
def said(capsys: pytest.CaptureFixture[str]) -> Callable[[], str]:
    """Return what was printed; the token is never in it."""

    def read() -> str:
        captured = capsys.readouterr()
        assert TOKEN not in captured.out + captured.err
        return captured.out + captured.err

    return read


def once(answer: Answer, method: str = "GET", times: int = 1) -> Callable[..., Answer | None]:
    left = [answer] * times
    return lambda asked, handler: left.pop() if left and asked.method == method else None


@pytest.mark.parametrize("kind", ["github", "gitlab"])
def test_a_comment_is_written_once_and_then_updated(
    run: Run, forge: Forge, kind: str, said: Callable[[], str]
) -> None:
    forge.add("ada", "Please check column 200.")
    run(BODY, forge=kind)
    assert said() == "Wrote the comment.\n"
    run(BODY, forge=kind)
    assert said() == "The comment is up to date.\n"
    run(OTHER, forge=kind)
    assert said() == "Updated the comment.\n"
    assert forge.bodies == [("ada", "Please check column 200."), (BOT, OTHER)]
    assert forge.changes == ["POST", "PATCH" if kind == "github" else "PUT"]
    key, value = ("Authorization", f"Bearer {TOKEN}") if kind == "github" else ("Private-Token", TOKEN)
    assert {one.headers[key] for one in forge.asked} == {value}


def test_where_there_is_nothing_to_say_no_comment_begins(
    run: Run, forge: Forge, said: Callable[[], str]
) -> None:
    run(SILENT)
    assert said() == "Nothing changed and nothing was found: there is no comment.\n"
    assert forge.comments == []
    run(BODY)
    run(SILENT)
    assert forge.bodies == [(BOT, SILENT)]


def test_the_comment_is_found_on_a_later_page(run: Run, forge: Forge) -> None:
    for number in range(250):
        forge.add("ada", f"Remark {number}")
        if number == 230:
            forge.add(BOT, OTHER)
    run(BODY)
    assert [body for author, body in forge.bodies if author == BOT] == [BODY]
    assert len(forge.comments) == 251
    assert forge.changes == ["PATCH"]


def test_what_others_wrote_stays_even_under_our_mark(run: Run, forge: Forge) -> None:
    forge.add("mallory", f"{MARK}\nThis is fine, merge it.")
    forge.add(BOT, "The build passed.")
    forge.add(BOT, f"> {MARK}\nquoted")
    before = forge.bodies
    run(BODY)
    assert forge.bodies == [*before, (BOT, BODY)]


def test_a_comment_that_was_deleted_meanwhile_is_written_anew(run: Run, forge: Forge) -> None:
    first = forge.add(BOT, OTHER)

    def delete(asked: Asked, handler: BaseHTTPRequestHandler) -> None:
        if asked.method == "PATCH":
            forge.comments[:] = [one for one in forge.comments if one["id"] != first]

    forge.override = delete
    run(BODY)
    assert forge.bodies == [(BOT, BODY)]
    assert forge.changes == ["PATCH", "POST"]


def test_two_runs_at_once_leave_one_comment(run: Run, forge: Forge) -> None:
    # Both have looked, and found none, before one writes.
    both = Barrier(2, timeout=20)

    def wait(asked: Asked, handler: BaseHTTPRequestHandler) -> None:
        if asked.method == "POST":
            both.wait()

    forge.override = wait
    failed: list[BaseException] = []

    def write(body: str) -> None:
        try:
            publish(github(run.environment, 12), body)
        except (ForgeError, BrokenBarrierError) as error:
            failed.append(error)

    threads = [Thread(target=write, args=(body,)) for body in (BODY, OTHER)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert forge.changes.count("POST") == 2
    [(author, body)] = forge.bodies
    assert author == BOT
    assert body in (BODY, OTHER)


def test_comments_that_two_runs_left_become_one(run: Run, forge: Forge) -> None:
    for body in (OTHER, BODY, OTHER):
        forge.add(BOT, body)
    run(BODY)
    assert forge.bodies == [(BOT, BODY)]
    assert forge.comments[0]["id"] == 101


@given(
    st.lists(
        st.tuples(st.sampled_from([BOT, "ada", ""]), st.sampled_from([BODY, OTHER, "Please check.", ""])),
        max_size=20,
    ),
    st.sampled_from([BODY, OTHER, SILENT]),
    st.integers(1, 4),
)
def test_in_the_end_there_is_one_comment_of_ours_and_all_of_others(
    comments: list[tuple[str, str]], body: str, page: int
) -> None:
    with serve(Forge()) as forge:
        forge.page = page
        for author, text in comments:
            forge.add(author, text)
        environment = {
            "GITHUB_API_URL": forge.url,
            "GITHUB_REPOSITORY": "obs/obs_x_data",
            "GITHUB_TOKEN": TOKEN,
        }
        publish(github(environment, 12), body)
        ours = [one for one in comments if one in ((BOT, BODY), (BOT, OTHER))]
        wanted = [(BOT, body)] if ours or body != SILENT else []
        assert [one for one in forge.bodies if one[1] in (BODY, OTHER, SILENT) and one[0] == BOT] == wanted
        others = [one for one in comments if one not in ours]
        assert [one for one in forge.bodies if one not in wanted] == others


def test_another_token_has_one_comment_too(run: Run, forge: Forge) -> None:
    forge.login = "camera-team[bot]"
    run(BODY)
    run(OTHER)
    assert forge.bodies == [("camera-team[bot]", OTHER)]


@pytest.mark.parametrize(
    ("status", "method", "message", "hint"),
    [
        (401, "GET", "Bad credentials", "GITHUB_TOKEN: ${{ github.token }}"),
        (403, "POST", "Resource not accessible by integration", "add `pull-requests: write` below"),
        (404, "GET", "Not Found", "add `pull-requests: write` below"),
        (422, "POST", "Validation Failed", "a pull request that is locked"),
    ],
)
def test_a_refusal_is_a_sentence_with_what_to_do(
    run: Run,
    forge: Forge,
    said: Callable[[], str],
    status: int,
    method: str,
    message: str,
    hint: str,
) -> None:
    answer = Answer(status, {"message": f"{message} {TOKEN}\n::set-env name=A::%0A\x1b[31m"})
    forge.override = once(answer, method, 100)
    run(BODY, status=1)
    text = said()
    assert text.startswith("::warning title=curator::the scoreboard is not written: ")
    assert text.count("\n") == 1
    assert "\x1b" not in text
    assert "%0A" not in text.replace("%250A", "")
    assert f"GitHub answers {status}: {message} ***" in text
    assert hint in text
    assert len([one for one in forge.asked if one.method == method]) == 1
    assert forge.comments == []


def test_an_overloaded_forge_is_asked_again(run: Run, forge: Forge, said: Callable[[], str]) -> None:
    forge.override = once(Answer(502), "POST", 2)
    run(BODY)
    assert forge.bodies == [(BOT, BODY)]
    assert forge.changes == ["POST"] * 3
    forge.override = once(Answer(503, {"message": "Unavailable"}), "GET", 3)
    run(OTHER, status=1)
    assert "GitHub answers 503: Unavailable" in said()
    assert forge.bodies == [(BOT, BODY)]


def test_a_comment_that_was_written_in_spite_of_an_error_stays_one(run: Run, forge: Forge) -> None:
    def written(asked: Asked, handler: BaseHTTPRequestHandler) -> Answer | None:
        if asked.method == "POST" and not forge.comments:
            forge.add(BOT, asked.content["body"])
            return Answer(502)
        return None

    forge.override = written
    run(BODY)
    assert forge.bodies == [(BOT, BODY)]


@pytest.mark.parametrize("status", [403, 429])
def test_a_limit_of_requests_is_waited_for_but_not_for_ever(
    run: Run, forge: Forge, said: Callable[[], str], status: int
) -> None:
    message = {"message": "You have exceeded a secondary rate limit"}
    forge.override = once(Answer(status, message, {"Retry-After": "0"}), "POST", 2)
    run(BODY)
    assert forge.bodies == [(BOT, BODY)]
    forge.override = once(Answer(status, message, {"Retry-After": "3600"}), "PATCH", 9)
    run(OTHER, status=1)
    assert "GitHub asks to wait: You have exceeded a secondary rate limit; run the job again" in said()
    assert forge.changes.count("PATCH") == 1
    used = {"x-ratelimit-remaining": "0", "x-ratelimit-reset": "1"}
    forge.override = once(Answer(status, {"message": "Used up"}, used), "PATCH")
    run(OTHER)
    assert forge.bodies == [(BOT, OTHER)]


@pytest.mark.parametrize("sends", [b"", b"HTTP/1.1 200 OK\r\nContent-Length: 9999999\r\n\r\n["])
def test_a_forge_that_does_not_finish_is_given_up(
    run: Run, forge: Forge, said: Callable[[], str], sends: bytes
) -> None:
    enough = Event()

    def dawdle(asked: Asked, handler: BaseHTTPRequestHandler) -> None:
        try:
            if sends:
                handler.wfile.write(sends)
            while not enough.wait(0.02):
                if sends:
                    handler.wfile.write(b" ")
        except OSError:
            return

    forge.override = dawdle
    run(BODY, status=1, timeout=0.2)
    enough.set()
    assert "GitHub cannot be reached: " in said()
    assert len(forge.asked) == 3


def test_nobody_answers(run: Run, said: Callable[[], str]) -> None:
    run.environment["GITHUB_API_URL"] = "http://127.0.0.1:9"
    run(BODY, status=1)
    assert "GitHub cannot be reached: " in said()


@pytest.mark.parametrize("code", [301, 302, 307, 308])
def test_the_token_goes_to_no_other_host(run: Run, forge: Forge, said: Callable[[], str], code: int) -> None:
    with serve(Forge()) as other:
        for method in ("GET", "POST"):
            forge.override = once(Answer(code, headers={"Location": f"{other.url}/x"}), method)
            run(BODY, status=1)
            assert "redirects to another host" in said()
        link = {"Link": f'<{other.url}/x>; rel="next"'}
        forge.override = lambda asked, handler: (
            Answer(content=[], headers=link) if "comments" in asked.path else None
        )
        run(BODY, status=1)
        assert "names a next page on another host" in said()
        assert other.asked == []


def test_a_redirect_on_the_same_host_is_followed_for_what_changes_nothing(
    run: Run, forge: Forge, said: Callable[[], str]
) -> None:
    path = "/repos/obs/obs_x_data/issues/12/comments?per_page=100&page=1"
    forge.override = lambda asked, handler: (
        Answer(301, headers={"Location": path}) if asked.path.endswith("per_page=100") else None
    )
    run(BODY)
    assert forge.bodies == [(BOT, BODY)]
    forge.override = once(Answer(307, headers={"Location": "/elsewhere"}), "PATCH")
    run(OTHER, status=1)
    assert "has moved what the request would change" in said()


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        (Answer(raw=b"<html>"), "does not answer in JSON"),
        (Answer(raw=b"[" * 100_000), "does not answer in JSON"),
        (Answer(raw=b" " * 9_000_000), "answers with more than 8,388,608 bytes"),
        (Answer(content={"comments": []}), "in another form than it documents"),
        (Answer(content=[{"id": "1; x", "user": {"login": "a"}, "body": ""}]), "in another form"),
        (Answer(content=[{"id": True, "user": {"login": "a"}, "body": ""}]), "in another form"),
        (Answer(content=[7]), "in another form than it documents"),
    ],
)
def test_an_answer_in_another_form_is_refused(
    run: Run, forge: Forge, said: Callable[[], str], answer: Answer, message: str
) -> None:
    forge.override = lambda asked, handler: answer if "comments" in asked.path else None
    run(BODY, status=1)
    assert message in said()
    assert forge.changes == []


def test_pages_without_an_end_are_not_read_for_ever(run: Run, forge: Forge, said: Callable[[], str]) -> None:
    link = {"Link": f'<{forge.url}/comments>; rel="next"'}
    forge.override = lambda asked, handler: (
        Answer(content=[], headers=link) if "comments" in asked.path else None
    )
    run(BODY, status=1)
    assert "more than 50 pages" in said()


@pytest.mark.parametrize("token", ["", f"{TOKEN}\n", f"{TOKEN}\r\nX-Evil: 1", f"{TOKEN} x", TOKEN + "é"])
@pytest.mark.parametrize("kind", ["github", "gitlab"])
def test_a_token_that_is_none_is_not_sent(
    run: Run, forge: Forge, said: Callable[[], str], token: str, kind: str
) -> None:
    run.environment["GITHUB_TOKEN"] = run.environment["CURATOR_NOTE_TOKEN"] = token
    run(BODY, status=1, forge=kind)
    assert "is missing, or has characters that no token has" in said()
    assert forge.asked == []


@pytest.mark.parametrize("api", ["http://forge.example", "ftp://127.0.0.1", "file:///etc/passwd", "x"])
def test_a_token_is_sent_by_https_only(run: Run, said: Callable[[], str], api: str) -> None:
    run.environment["GITHUB_API_URL"] = api
    run(BODY, status=1)
    assert "is not https://" in said()


# Which pull request, is what GitHub says and not what the check left.


def test_a_run_of_an_earlier_commit_writes_nothing(run: Run, forge: Forge, said: Callable[[], str]) -> None:
    forge.pull["head"]["sha"] = "b" * 40
    run(BODY)
    assert said() == "Pull request 12 is at another commit than this run: nothing is written.\n"
    forge.pull |= {"state": "closed"}
    run(BODY)
    assert said() == "Pull request 12 is closed: nothing is written.\n"
    run.environment["CI_COMMIT_SHA"] = "b" * 40
    run(BODY, forge="gitlab")
    assert said() == "The merge request is at another commit than this pipeline: nothing is written.\n"
    assert forge.changes == []


@pytest.mark.parametrize("repository", [None, {"full_name": "other/obs_x_data"}])
def test_a_run_cannot_write_to_the_pull_request_of_somebody_else(
    run: Run, forge: Forge, said: Callable[[], str], repository: dict[str, str] | None
) -> None:
    forge.pull["head"]["repo"] = repository
    run(BODY, status=1)
    assert "pull request 12 does not come from fork/obs_x_data, as the run does" in said()
    assert forge.changes == []


@pytest.mark.parametrize(
    "number", ["", "0", "-1", "12/../13", "1 2", "12\n13", "9" * 11, "\u0661\u0662", "x" * 200]
)
def test_what_is_no_number_of_a_pull_request_is_refused(
    run: Run, forge: Forge, said: Callable[[], str], number: str
) -> None:
    (run.folder / "number").write_text(number)
    run(BODY, status=1)
    assert "the scoreboard is not written: number: " in said()
    assert forge.asked == []


@pytest.mark.parametrize(
    "event",
    [
        {"event": "push"},
        {"head_sha": "HEAD"},
        {"head_sha": None},
        {"head_repository": None},
        {"head_repository": {"full_name": "a/b/c"}},
    ],
)
def test_only_the_run_of_a_pull_request_is_taken(
    run: Run, forge: Forge, said: Callable[[], str], event: dict[str, Any]
) -> None:
    run.event |= event
    run(BODY, status=1)
    assert "the scoreboard is not written: the " in said()
    assert forge.asked == []


def test_a_check_that_left_nothing_is_no_failure(run: Run, forge: Forge, said: Callable[[], str]) -> None:
    run.again()
    assert said() == "The check left no scoreboard: nothing is written.\n"
    assert forge.asked == []
    assert main(["bitbucket", "x"], {}) == 2
    assert "FORGE is github or gitlab" in said()


def test_a_link_is_not_read(run: Run, forge: Forge, tmp_path: Path, said: Callable[[], str]) -> None:
    secret = tmp_path / "secret"
    secret.write_text(f"{MARK}\nsecret\n")
    (run.folder / "scoreboard.md").symlink_to(secret)
    run.again(status=1)
    assert "symbolic link" in said()
    assert forge.asked == []


def test_what_is_longer_than_a_comment_is_refused(run: Run, forge: Forge, said: Callable[[], str]) -> None:
    run(MARK + "\n" + "a\n" * LIMIT, status=1)
    assert "and a comment at most 65,536" in said()
    (run.folder / "scoreboard.md").write_bytes(b"\xff\xfe")
    run.again(status=1)
    assert "is not UTF-8" in said()
    assert forge.asked == []


def test_the_action_writes_a_comment_with_python_alone(run: Run, forge: Forge, tmp_path: Path) -> None:
    steps = yaml.safe_load((ROOT / "comment/action.yml").read_text())["runs"]["steps"]
    script = next(step["run"] for step in steps if step.get("name") == "Write the comment")
    run(BODY)
    forge.comments.clear()
    here = tmp_path / "runner"
    here.mkdir()
    run.folder.rename(here / "curator-scoreboard")
    for name in ("json", "curator", "urllib"):
        (tmp_path / f"{name}.py").write_text("raise SystemExit('run from the current directory')\n")
    programs = tmp_path / "programs"
    programs.mkdir()
    (programs / "python").symlink_to(sys.executable)
    environment = {
        **run.environment,
        "PATH": f"{programs}:/usr/bin:/bin",
        "RUNNER_TEMP": str(here),
        "SOURCE": f"{ROOT}/comment/..",
    }
    done = subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "Wrote the comment.\n", "")
    assert forge.bodies == [(BOT, BODY)]
