"""The translation memory: learning, finding, TMX."""
