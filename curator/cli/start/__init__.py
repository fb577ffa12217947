"""Verbs that begin with a repository or the program."""
