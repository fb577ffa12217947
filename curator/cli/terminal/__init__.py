"""What verbs share: console, layout, completion, progress."""
