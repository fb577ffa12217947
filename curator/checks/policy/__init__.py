"""Which findings count: severities, suppressions, the baseline, and what weakens them."""
