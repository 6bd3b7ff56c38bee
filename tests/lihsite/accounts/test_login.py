"""The form to log in, in each language of the admin."""

import pytest


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "label"), [("en", "Password"), ("fr", "Mot de passe"), ("de", "Passwort")]
)
def test_the_password_is_named_in_the_visitors_language(client, language, label):
    content = client.get("/admin/login/", headers={"accept-language": language}).content.decode()
    form = content[content.index('for="id_password"') :]
    assert label in form[: form.index("</label>")]
