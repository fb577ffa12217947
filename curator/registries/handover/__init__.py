"""A self-contained folder for an offline site, with a script that ingests it."""
