"""Verbs that write and verify exports."""
