"""What a database has: its tables, what else goes by names or changes what is written, and curator's own."""

from __future__ import annotations

import sqlite3

__all__ = ["LEDGER", "names_of", "obstacles_of", "tables_of"]

# The tables of curator's own, which look-ups do not read.
LEDGER = """
CREATE TABLE curator_meta (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE curator_label (name TEXT PRIMARY KEY, commit_id TEXT NOT NULL, documentation TEXT NOT NULL,
  layout TEXT NOT NULL);
CREATE TABLE curator_item (id INTEGER PRIMARY KEY, dataset_type TEXT NOT NULL, detector INTEGER NOT NULL,
  detector_name TEXT NOT NULL, physical_filter TEXT NOT NULL, band TEXT NOT NULL, start TEXT NOT NULL,
  run TEXT NOT NULL, content TEXT NOT NULL, store TEXT NOT NULL, repository TEXT NOT NULL,
  gitpath TEXT NOT NULL, gitsha TEXT NOT NULL, UNIQUE (dataset_type, detector, physical_filter, run));
CREATE TABLE curator_range (label TEXT NOT NULL REFERENCES curator_label (name),
  item INTEGER NOT NULL REFERENCES curator_item (id), valid_start TEXT NOT NULL, valid_end TEXT NOT NULL,
  PRIMARY KEY (label, item, valid_start));
CREATE TABLE curator_path (path TEXT PRIMARY KEY, item INTEGER NOT NULL REFERENCES curator_item (id));
CREATE TABLE curator_row (table_name TEXT NOT NULL, row_id INTEGER NOT NULL, path TEXT NOT NULL,
  item INTEGER NOT NULL REFERENCES curator_item (id), identity TEXT NOT NULL,
  PRIMARY KEY (table_name, row_id));
CREATE TABLE curator_trash (store TEXT PRIMARY KEY);
"""


def tables_of(connection: sqlite3.Connection) -> dict[str, dict[str, str]]:
    """Return the tables, each with its columns and their types, as they are spelled."""
    return {
        name: {
            str(column): str(kind).lower()
            for _, column, kind, *_ in connection.execute(f'PRAGMA table_info("{name}")')
        }
        for name in names_of(connection)
        if '"' not in name
    }


def names_of(connection: sqlite3.Connection) -> list[str]:
    """Return the names of the tables, as they are spelled."""
    found = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
    return [str(name) for (name,) in found]


def obstacles_of(connection: sqlite3.Connection) -> dict[str, str]:
    """Return what takes the name of a table, or changes what is written to one; by name in lower case."""
    found = connection.execute(
        "SELECT lower(tbl_name), type FROM sqlite_master WHERE type IN ('view', 'trigger') "
        "UNION ALL SELECT lower(name), type FROM sqlite_master WHERE type = 'index'"
    )
    return {str(name): str(kind) for name, kind in found}
