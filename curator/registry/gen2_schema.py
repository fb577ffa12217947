"""What a database has: its tables, and what else goes by names, or changes what is written."""

from __future__ import annotations

import sqlite3

__all__ = ["names_of", "obstacles_of", "tables_of"]


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
