"""Build a fix where a rule finds a mistake, and apply it to the bytes of a file."""
