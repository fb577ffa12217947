"""Readable states of a tree: working tree, index, commit."""
