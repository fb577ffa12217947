"""Rules: one small function each, with a code, a text and examples."""
