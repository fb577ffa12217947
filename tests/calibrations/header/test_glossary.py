"""Every word that checks know is explained."""

from __future__ import annotations

import pytest

from curator.calibrations.header.glossary import (
    column_term,
    columns_of,
    entries_of,
    entry_term,
    keyword_term,
    known_keywords,
)
from curator.calibrations.header.profiles import PROFILES
from curator.calibrations.types.types import all_types
from curator.checks.rules.shared.keywords import OTHERS, TYPES


@pytest.mark.parametrize("name", sorted({*TYPES, *OTHERS}))
def test_every_keyword_that_checks_know_is_explained(name):
    term = keyword_term(name, None)
    assert term is not None
    assert term.meaning
    assert term.holds
    assert term.source


@pytest.mark.parametrize("one", all_types(), ids=lambda one: one.name)
def test_whatever_may_be_written_is_explained(one):
    for profile in PROFILES.values():
        names = known_keywords(one, profile)
        assert set(profile.keywords(one)) <= set(names)
        assert all(keyword_term(name, one, profile).meaning for name in names)
    assert [name for name in columns_of(one) if not column_term(name, one).meaning] == []
    entries = [name for name in entries_of((), one.schema) if name != "metadata"]
    assert [name for name in entries if not entry_term((name,), one.schema).meaning] == []


@pytest.mark.parametrize("name", ["instrume", "Detector", "calibdate"])
def test_case_does_not_change_what_a_keyword_means(name):
    assert keyword_term(name, None) == keyword_term(name.upper(), None)


@pytest.mark.parametrize("name", ["", "1", "é", "ß", "UNHEARD_OF", "unheard"])
def test_other_words_have_no_meaning(name):
    assert keyword_term(name, None) is None


def test_the_profile_says_which_date_calibdate_is():
    meanings = {name: keyword_term("CALIBDATE", None, profile).meaning for name, profile in PROFILES.items()}
    assert meanings == {
        "dmtn148": "creation date and time (UTC)",
        "obs_base": "start of validity (UTC), the same as in the file name",
    }
