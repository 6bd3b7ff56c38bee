"""Old addresses: those that are asked for in vain, and redirects made by hand or from a file."""
