"""What every page shares: the base page, site settings, navigation."""
