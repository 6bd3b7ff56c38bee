"""Measures pages, edit form and server: `make bench`. Figures drift with the machine's other work
by a third; compare within one run."""
