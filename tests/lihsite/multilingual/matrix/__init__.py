"""What is stored never depends on the language of the admin: each operation in each language."""
