"""Backups: database, media and settings in one archive, and the way back from it."""
