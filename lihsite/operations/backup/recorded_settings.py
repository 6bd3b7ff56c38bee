"""The settings from the environment, for whoever sets the site up again: read, never applied.

Secrets are among them only if the archive is sealed: passwords, keys and tokens by their names,
passwords in addresses, and the key that signs links and sessions.
"""

import os
import re
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings

from lihsite.settings import base

SECRET = re.compile(r"(^|_)(KEY|KEYS|SECRET|SECRETS|PASSWORD|TOKEN|CREDENTIALS)(_|$)")
NAMED = re.compile(r"""env(?:\.\w+)?\(\s*["']([A-Z][A-Z0-9_]+)["']""")
NEVER = {"BACKUP_KEY"}
"""A key inside what it opens helps nobody."""


def names() -> list[str]:
    """What our settings ask the environment for, read off them."""
    folder = Path(base.__file__).parent
    found = {name for path in folder.glob("*.py") for name in NAMED.findall(path.read_text())}
    return sorted(found - NEVER)


def recorded(with_secrets: bool) -> dict[str, str]:
    """The values that are set, by name."""
    found = {name: os.environ[name] for name in names() if name in os.environ}
    if with_secrets:
        return {**found, "SECRET_KEY": settings.SECRET_KEY}
    return {name: public(value) for name, value in found.items() if not SECRET.search(name)}


def public(value: str) -> str:
    """The value without the password, if it is an address with one."""
    try:
        password = urlsplit(value).password
    except ValueError:
        return value
    return value.replace(f":{password}@", ":…@") if password else value
