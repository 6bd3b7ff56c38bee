"""Reads, edits and publishes for long, at the machine's limit, and looks at errors and memory."""
