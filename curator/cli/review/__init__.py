"""Verbs that show people what a change means."""
