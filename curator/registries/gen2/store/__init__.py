"""What curator keeps in a Gen2 folder: its files, its ledger, and where they lie."""
