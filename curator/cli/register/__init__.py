"""Verbs that work with registries."""
