import os
import re
import subprocess
import sys

import pytest
from django.conf import settings

from lihsite.operations.backup import recorded_settings

SECRET_KEY = "a-key-of-more-than-fifty-characters-and-many-different-ones-0123456789"


def check_deploy(**environment):
    inherited = {"PATH": os.environ["PATH"], "VAR_DIR": environment.pop("VAR_DIR", "var")}
    return subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        cwd=settings.BASE_DIR,
        env={**inherited, "DJANGO_SETTINGS_MODULE": "lihsite.settings.production", **environment},
        capture_output=True,
        text=True,
    )


def test_the_default_is_ready_for_the_public():
    result = check_deploy(SECRET_KEY=SECRET_KEY, ALLOWED_HOSTS="www.example.org")
    assert result.returncode == 0, result.stderr


@pytest.mark.parametrize("missing", ["SECRET_KEY", "ALLOWED_HOSTS"])
def test_secrets_have_no_default(missing):
    environment = {"SECRET_KEY": SECRET_KEY, "ALLOWED_HOSTS": "www.example.org"}
    del environment[missing]
    result = check_deploy(**environment)
    assert result.returncode != 0
    assert missing in result.stderr


def settings_with(**environment) -> str:
    """All settings of production, a line each."""
    ask = (
        "import django; django.setup(); from lihsite.settings import production as found;"
        "print(*(f'{name} = {getattr(found, name)!r}' for name in dir(found) if name.isupper()),"
        " sep='\\n')"
    )
    result = subprocess.run(
        [sys.executable, "-c", ask],
        cwd=settings.BASE_DIR,
        env={
            "DJANGO_SETTINGS_MODULE": "lihsite.settings.production",
            "SECRET_KEY": SECRET_KEY,
            "ALLOWED_HOSTS": "www.example.org",
            **environment,
        },
        capture_output=True,
        text=True,
    )
    assert result.returncode == 0, result.stderr
    return re.sub(r" at 0x\w+", "", result.stdout)


def test_a_variable_that_is_set_to_nothing_is_as_good_as_none():
    names = set(recorded_settings.names()) - {"SECRET_KEY", "ALLOWED_HOSTS"}
    assert {"DATABASE_URL", "MEDIA_ROOT", "VAR_DIR", "METRICS_PORT"} <= names
    assert settings_with(**dict.fromkeys(names, "")) == settings_with()


@pytest.mark.parametrize("command", [["-c", "import lihsite.wsgi"], ["manage.py", "migrate"]])
@pytest.mark.parametrize(
    ("spoilt", "named"),
    [
        ({"SECRET_KEY": None}, "SECRET_KEY"),
        ({"SECRET_KEY": "changeme"}, "SECRET_KEY"),
        ({"SECRET_KEY": ""}, "SECRET_KEY"),
        ({"ALLOWED_HOSTS": None}, "ALLOWED_HOSTS"),
        ({"MEDIA_ORIGIN": "anywhere"}, "MEDIA_ORIGIN"),
    ],
)
def test_nothing_starts_with_settings_that_are_not_right(tmp_path, command, spoilt, named):
    environment = {"SECRET_KEY": SECRET_KEY, "ALLOWED_HOSTS": "www.example.org", **spoilt}
    result = subprocess.run(
        [sys.executable, *command],
        cwd=settings.BASE_DIR,
        env={
            "PATH": os.environ["PATH"],
            "VAR_DIR": str(tmp_path),
            "DJANGO_SETTINGS_MODULE": "lihsite.settings.production",
            **{name: value for name, value in environment.items() if value is not None},
        },
        capture_output=True,
        text=True,
    )
    assert result.returncode == 1
    assert named in result.stderr
    assert "Traceback" not in result.stderr


def test_media_have_their_host_name_in_production(tmp_path):
    result = check_deploy(
        SECRET_KEY=SECRET_KEY,
        ALLOWED_HOSTS="www.example.org",
        MEDIA_ORIGIN="https://media.example.org",
    )
    assert result.returncode == 0, result.stderr
    ask = (
        "from lihsite.settings import production as found;"
        "print(found.ALLOWED_HOSTS, found.MEDIA_URL, found.MEDIA_HOSTS)"
    )
    environment = {"SECRET_KEY": SECRET_KEY, "ALLOWED_HOSTS": "www.example.org"}
    result = subprocess.run(
        [sys.executable, "-c", ask],
        cwd=settings.BASE_DIR,
        env={"VAR_DIR": str(tmp_path), "MEDIA_ORIGIN": "https://media.example.org", **environment},
        capture_output=True,
        text=True,
        check=True,
    )
    assert result.stdout.split() == [
        "['www.example.org',",
        "'media.example.org']",
        "https://media.example.org/media/",
        "['https://media.example.org']",
    ]


def test_one_machine_needs_nothing_but_is_no_deployment(tmp_path):
    result = check_deploy(ONE_MACHINE="1", VAR_DIR=str(tmp_path))
    assert "security.W008" in result.stderr, "no redirect to HTTPS on one machine"
    assert (tmp_path / "secret_key").exists()


def test_the_log_names_faults_of_ours_and_not_names_that_scanners_try(tmp_path):
    ask = (
        "import django, logging; django.setup();"
        "logging.getLogger('django.security.DisallowedHost').error('a scanner');"
        "logging.getLogger('django.request').error('a fault')"
    )
    environment = {"DJANGO_SETTINGS_MODULE": "lihsite.settings.production", "ONE_MACHINE": "1"}
    result = subprocess.run(
        [sys.executable, "-c", ask],
        cwd=settings.BASE_DIR,
        env={"PATH": os.environ["PATH"], "VAR_DIR": str(tmp_path), **environment},
        capture_output=True,
        text=True,
        check=True,
    )
    assert "a fault" in result.stderr
    assert "a scanner" not in result.stderr
