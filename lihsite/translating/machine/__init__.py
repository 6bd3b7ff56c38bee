"""Machine translation by an outside service; off unless the settings name one."""
