"""The rules, a folder for each hundred of their codes; a decorator says scope and dataset types."""
