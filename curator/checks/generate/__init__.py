"""Write what is generated from the rules: pages, the list of hooks, the index of modules."""
