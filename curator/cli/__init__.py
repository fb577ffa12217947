"""The command line: one thin module per verb, found through `curator.cli.main.VERBS`."""
