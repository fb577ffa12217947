"""YAML with line numbers, read strictly and written plainly."""
