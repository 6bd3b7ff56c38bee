"""Search in each language by itself: its index, its page and its suggestions."""
