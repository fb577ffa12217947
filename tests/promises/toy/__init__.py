"""A kind of registry that only a test knows."""
