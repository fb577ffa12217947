"""JSON Schemas, their compiled validators, and sentences for violations."""
