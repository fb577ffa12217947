"""Edit the header of a text and leave every other byte unchanged."""
