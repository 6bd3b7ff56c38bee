"""What stands between a request and a page: language, input guards, headers, errors, media."""
