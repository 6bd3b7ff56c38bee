"""The read-only API for other systems: pages, images and documents, each answer in one language."""
