"""The vocabulary of every body: what editors can put together, block by block."""
