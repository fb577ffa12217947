"""Git: commands, objects, the log, and what is cached of them."""
