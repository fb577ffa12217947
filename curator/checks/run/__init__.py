"""Ask the rules about a snapshot or a change."""
