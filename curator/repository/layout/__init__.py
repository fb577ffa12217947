"""Where things stand in a repository: ``curator.yaml``, cameras, the grammar of paths."""
