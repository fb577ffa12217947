"""Edit headers: certify, deprecate, note."""
