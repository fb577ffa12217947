"""What changes a registry: ingest, saved plans, purges."""
