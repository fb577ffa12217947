"""The manifest of an export: rows, header, validation, fingerprint."""
