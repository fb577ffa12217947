"""Files: bounded reads, atomic writes, locks, decoding."""
