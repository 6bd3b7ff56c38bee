"""Folders of the media store that more than one room has to know."""

RESTORED_FILES = "restored-files"
"""Where files of a backup wait that are to take another one's place: private documents too."""
