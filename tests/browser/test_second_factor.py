"""Passkeys and codes in a browser, with an authenticator that Chromium plays."""

import pyotp
import pytest
from django.conf import settings
from playwright.sync_api import expect

from tests.browser.mistakes import MISTAKES, wait_until
from tests.lihsite.accounts.conftest import LOGIN

FACTORS = "/admin/account/second-factor/"
PASSWORD = settings.DEMONSTRATION_PASSWORD
AUTHENTICATOR = {
    **{"protocol": "ctap2", "transport": "internal", "hasResidentKey": True},
    **{"hasUserVerification": True, "isUserVerified": True},
    "automaticPresenceSimulation": True,
}


class Device:
    """A page whose browser has a device that keeps passkeys."""

    def __init__(self, context):
        self.page = context.new_page()
        self.errors = []
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("console", self.note)
        self.session = context.new_cdp_session(self.page)
        self.session.send("WebAuthn.enable")
        added = self.session.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
        self.id = added["authenticatorId"]

    def note(self, message):
        """What the content security policy refuses, the browser says here."""
        if message.type == "error":
            self.errors.append(message.text)

    def verifies(self, is_verified):
        self.session.send(
            "WebAuthn.setUserVerified",
            {"authenticatorId": self.id, "isUserVerified": is_verified},
        )

    def sign_in(self, username):
        self.page.goto(LOGIN)
        self.page.fill("[name=username]", username)
        self.page.fill("[name=password]", PASSWORD)
        self.page.click(".login-form [type=submit]")

    def add_passkey(self, name):
        self.page.goto(FACTORS)
        self.page.fill("#passkeys ~ form [name=name]", name)
        self.page.click("form[data-passkey] [type=submit]")
        self.page.wait_for_url("**/codes/")

    def sign_out(self):
        # Answers that are still under way would bring the session's cookie back.
        self.page.goto("about:blank")
        self.page.wait_for_load_state("networkidle")
        self.page.context.clear_cookies()


@pytest.fixture
def device(browser, edited_demo_server):
    """At localhost: browsers have no passkeys for an address of numbers."""
    context = browser.new_context(
        base_url=edited_demo_server.url.replace("127.0.0.1", "localhost"),
        viewport={"width": 1300, "height": 900},
        locale="en-GB",
        reduced_motion="reduce",
    )
    made = Device(context)
    yield made
    assert made.errors == []
    context.close()


def test_what_is_refused_and_what_fails_is_noticed(device):
    device.page.goto(LOGIN)
    device.page.evaluate(MISTAKES)
    wait_until(device.page, lambda: len(device.errors) >= 2)
    refused, failed = sorted(device.errors, key=lambda text: "A script that fails" in text)
    assert "Content Security Policy" in refused
    assert "A script that fails" in failed
    device.errors.clear()


def test_a_passkey_is_added_used_renamed_and_removed(device):
    page = device.page
    device.sign_in("editor")
    page.wait_for_url("**/admin/")
    device.add_passkey("Phone")
    expect(page.locator(".lih-factors__codes code")).to_have_count(10)

    # Without a user name and a password.
    device.sign_out()
    page.goto(f"{LOGIN}?next=/admin/pages/")
    page.click("text=Sign in with a passkey")
    page.wait_for_url("**/admin/pages/**")

    # As the second factor, after the password.
    device.sign_out()
    device.sign_in("editor")
    page.wait_for_url("**/second-step/")
    page.click("text=Sign in with a passkey")
    page.wait_for_url("**/admin/")

    page.goto(FACTORS)
    page.fill(".lih-factors__list [name=name]", "Old phone")
    page.click("text=Rename")
    expect(page.locator(".lih-factors__list strong")).to_have_text("Old phone")
    page.click("text=Remove Old phone")
    expect(page.locator(".lih-factors__list")).to_have_count(0)

    device.sign_out()
    page.goto(LOGIN)
    page.click("text=Sign in with a passkey")
    expect(page.locator(".messages")).to_contain_text("This passkey does not open the admin")
    device.sign_in("editor")
    page.wait_for_url("**/admin/")


def test_a_device_that_does_not_know_its_owner_opens_nothing(device):
    page = device.page
    device.sign_in("german")
    page.wait_for_url("**/admin/")
    device.add_passkey("Laptop")
    device.sign_out()
    device.verifies(False)
    page.goto(LOGIN)
    page.click("text=Sign in with a passkey")
    expect(page.locator("[data-passkey-status]")).to_contain_text("No passkey was used")
    assert page.url.endswith(LOGIN)


def test_an_app_is_set_up_and_asked_for(device):
    page = device.page
    device.sign_in("reviewer")
    page.wait_for_url("**/admin/")
    page.goto("/admin/account/")
    page.click("text=Set up a second factor")
    page.click("text=Set up an app")
    expect(page.locator(".lih-factors__code svg")).to_be_visible()
    secret = page.locator(".lih-factors ol code").inner_text().replace(" ", "")
    page.fill("[name=code]", pyotp.TOTP(secret).now())
    page.click(".lih-factors [type=submit]")
    page.wait_for_url("**/codes/")
    code = page.locator(".lih-factors__codes code").first.inner_text()
    device.sign_out()
    device.sign_in("reviewer")
    page.wait_for_url("**/second-step/")
    page.fill("[name=code]", "not-a-code")
    page.click(".login-form [type=submit]")
    expect(page.get_by_text("This code is not right")).to_be_visible()
    page.fill("[name=code]", code)
    page.click(".login-form [type=submit]")
    page.wait_for_url("**/admin/")


def test_whoever_forgets_a_field_at_the_login_is_told_which(device):
    page = device.page
    page.goto(LOGIN)
    page.fill("[name=username]", "editor")
    page.click(".login-form [type=submit]")
    expect(page.locator(".w-field__errors").filter(has_text="required")).to_be_visible()
    expect(page.locator("[name=password]")).to_have_attribute("aria-invalid", "true")
