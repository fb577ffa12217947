"""What several rules need: columns, keywords, dates, geometry."""
