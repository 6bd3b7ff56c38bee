"""Headers of static files, which pass none of the middleware that stands behind WhiteNoise."""


def add_headers(headers, path, url) -> None:
    """For WhiteNoise: pages elsewhere may show the site's icons and pictures (Fetch, CORP)."""
    headers["Cross-Origin-Resource-Policy"] = "cross-origin"
