"""Remove a label with what nobody else uses: marked first, so that a killed purge is completed."""
