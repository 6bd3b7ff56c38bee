"""The editors' guide, from the repository into the admin."""
