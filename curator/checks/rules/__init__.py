"""The rules, a module for each subject; the decorator of each says its scope and its dataset types."""
