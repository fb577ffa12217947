"""Registries: what they hold, what an export would change, and changing it in one transaction.

Everything a registry learns stands in the manifest of an export; git is never opened here,
and no text is parsed.
"""
