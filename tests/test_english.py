"""Messages, help texts and pages are in plain English, and link the words that the glossary explains."""

from __future__ import annotations

from pathlib import Path

import english
import pytest
from english import HABITS, Habit, habits_in, said_by, tracked, unlinked_terms

PAGES = ("README.md", "CONTRIBUTING.md", "docs/**.md", "changes/**.md", "obs_data_template/**")


def complaints(paths: tuple[str, ...]) -> list[str]:
    return [
        f"{path}:{line}: {words!r}: write {habit.write} ({said[:100]})"
        for path in paths
        for line, said in said_by(path)
        for _, words, habit in habits_in(said)
    ]


def test_pages_are_in_plain_english() -> None:
    paths = tracked(*PAGES)
    assert len(paths) > 300
    assert not complaints(tuple(one for one in paths if one.endswith((".md", ".jinja"))))


def test_messages_and_help_texts_are_in_plain_english() -> None:
    paths = tracked("curator/**.py")
    assert len(paths) > 300
    assert not complaints(tuple(one for one in paths if "/compiled/" not in one))


@pytest.mark.parametrize("habit", HABITS, ids=lambda one: one.write)
def test_every_habit_is_found(habit: Habit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(english, "ROOT", tmp_path)
    (tmp_path / "page.md").write_text(f"# Page\n\nA sentence.\n\n{habit.example}\n")
    words = habit.example.split(" ")
    half = len(words) // 2
    message = f'"{" ".join(words[:half])} "\n    "{" ".join(words[half:])}"'
    (tmp_path / "module.py").write_text(f'"""A docstring."""\n\nraise ValueError(\n    {message}\n)\n')
    for path, line in (("page.md", 5), ("module.py", 4)):
        assert any(one.startswith(f"{path}:{line}: ") and habit.write in one for one in complaints((path,)))


def test_pages_link_the_words_of_the_glossary_where_they_first_use_them() -> None:
    pages = [one for one in tracked("docs/**.md") if not one.startswith(("docs/rules/", "docs/glossary.md"))]
    assert len(pages) > 40
    texts = {page: (english.ROOT / page).read_text(encoding="utf-8") for page in pages}
    assert not [
        f"{page}:{line}: {term}" for page, text in texts.items() for line, term in unlinked_terms(page, text)
    ]


def test_a_term_is_unlinked_only_in_prose() -> None:
    linked = "# Butler\n\n`Butler` and [Butler](registries.md). A [Butler](glossary.md#butler), a Butler.\n"
    assert not list(unlinked_terms("page.md", linked))
    assert list(unlinked_terms("page.md", "# Page\n\nA label.\n")) == [(3, "label -> glossary.md#label")]
    assert list(unlinked_terms("page.md", "A [label](glossary.md#butler).\n"))
