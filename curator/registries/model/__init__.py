"""Values that every kind of registry shares: holdings, labels, plans, stamps, times."""
