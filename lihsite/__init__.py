"""The project package and shared kernel of the site."""
