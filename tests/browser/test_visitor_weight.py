"""What the first view of the home page brings over the network, sent as in production."""

import os
import subprocess
import sys

import pytest

from lihsite.operations import server
from lihsite.operations.environment import ROOT
from tests.conftest import worker_label

MOST_REQUESTS = 10
MOST_BYTES = 150_000
MOST_BYTES_OF = {"Stylesheet": 20_000, "Script": 5_000, "Font": 60_000}
"""By the name that the browser gives to a kind of resource."""


@pytest.fixture(scope="module")
def production_server(demonstration, tmp_path_factory):
    """The address of the server with the settings of production: compressed, hashed files."""
    folder = tmp_path_factory.mktemp("production")
    with demonstration.copy(folder, worker_label("production")) as (name, media):
        settings = {
            "DJANGO_SETTINGS_MODULE": "lihsite.settings.production",
            "ONE_MACHINE": "1",
            "VAR_DIR": str(folder),
            "DATABASE_URL": demonstration.databases.url(name),
            "MEDIA_ROOT": str(media),
        }
        # The admin's files take long to compress and are in no page for visitors.
        command = ["collectstatic", "--no-input", "--verbosity=0", "--ignore=wagtail*"]
        subprocess.run(
            [sys.executable, "manage.py", *command],
            cwd=ROOT,
            env={**os.environ, **settings},
            check=True,
        )
        port = server.free_port()
        process = server.start(port, workers=1, environment=settings)
        try:
            server.wait_until_ready(process, port)
            yield f"http://{server.HOST}:{port}"
        finally:
            server.stop(process)


@pytest.fixture
def phone(browser):
    context = browser.new_context(
        viewport={"width": 360, "height": 740},
        device_scale_factor=2,
        is_mobile=True,
        has_touch=True,
    )
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("language", ["en", "fr", "de"])
def test_the_first_view_of_the_home_page_is_light(phone, production_server, language):
    session = phone.context.new_cdp_session(phone)
    session.send("Network.enable")
    kinds, sizes = {}, {}
    session.on(
        "Network.responseReceived",
        lambda event: kinds.__setitem__(event["requestId"], event["type"]),
    )
    session.on(
        "Network.loadingFinished",
        lambda event: sizes.__setitem__(event["requestId"], event["encodedDataLength"]),
    )
    phone.goto(f"{production_server}/{language}/", timeout=120_000)
    phone.wait_for_load_state("networkidle")
    assert 5 < len(sizes) <= MOST_REQUESTS
    assert sum(sizes.values()) <= MOST_BYTES
    for kind, most in MOST_BYTES_OF.items():
        assert 0 < sum(sizes[key] for key in sizes if kinds.get(key) == kind) <= most
