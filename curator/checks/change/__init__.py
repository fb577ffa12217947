"""What rules about a change see: each file before and after, and what commits say is intended."""
