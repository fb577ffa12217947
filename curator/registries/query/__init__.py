"""What reads a registry: filters, fingerprints, pulls, look-ups."""
