"""Rules about linearizers."""
