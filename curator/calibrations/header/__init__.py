"""Header keywords, the profiles that require them, and what they mean."""
