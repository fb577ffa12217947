"""What a rule is, what it knows, and what it says."""
