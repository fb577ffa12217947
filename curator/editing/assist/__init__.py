"""What an editor offers at the cursor: completions and explanations."""
