"""The translators' workspace in the admin."""
