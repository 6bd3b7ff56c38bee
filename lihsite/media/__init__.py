"""Pictures and documents: the library's models, their forms, and the pictures of a page."""
