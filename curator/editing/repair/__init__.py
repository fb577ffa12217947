"""Fix, migrate and suppress findings; code owners."""
