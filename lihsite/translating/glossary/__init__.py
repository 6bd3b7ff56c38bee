"""The glossary in the admin: its snippet, its terms beside a text, its warnings."""
