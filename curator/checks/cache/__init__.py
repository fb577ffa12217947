"""Keep the results of a check for the next one."""
