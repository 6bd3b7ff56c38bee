"""Languages side by side on one row: columns, addresses, fallback, states."""
