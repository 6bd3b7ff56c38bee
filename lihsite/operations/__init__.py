"""Setting the site up and keeping it running."""
