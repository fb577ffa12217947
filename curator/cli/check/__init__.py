"""Verbs that check a repository."""
