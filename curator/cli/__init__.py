"""The command line: one thin module per verb, found by its place; see `curator.cli.verbs`."""
