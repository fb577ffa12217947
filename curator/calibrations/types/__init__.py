"""Dataset types, one module each, and the classes of their content."""
