"""What programs and notebooks use: `curator.open`, `curator.registry`, and the values that these give."""
