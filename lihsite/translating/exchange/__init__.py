"""Texts out to translators' tools and back: XLIFF 1.2, XLIFF 2.0, PO."""
