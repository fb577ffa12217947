"""The Gen3 Butler as a registry, on SQLite or PostgreSQL."""
