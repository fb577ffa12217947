"""The Gen2 ``calibRegistry.sqlite3`` as a registry."""
