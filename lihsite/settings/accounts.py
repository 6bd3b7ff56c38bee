"""Who comes in, and how: passwords, second factor, sessions, single sign-on, the audit."""

PASSWORD_VALIDATORS = [
    *(
        {"NAME": f"django.contrib.auth.password_validation.{name}"}
        for name in (
            "UserAttributeSimilarityValidator",
            "CommonPasswordValidator",
            "NumericPasswordValidator",
        )
    ),
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    # Refuses nothing; Django tells it of each password that is set.
    {"NAME": "lihsite.accounts.recording.PasswordRecorder"},
]


def sessions(env) -> tuple[int, int]:
    """How long after the last act, and how long after the login a session ends, in seconds.

    `SESSION_IDLE_HOURS` (8) and `SESSION_HOURS` (168, a week) say it in hours.
    """
    idle = env.float("SESSION_IDLE_HOURS", default=8)
    longest = env.float("SESSION_HOURS", default=7 * 24)
    return int(idle * 60 * 60), int(longest * 60 * 60)


def single_sign_on(env) -> dict | None:
    """OpenID Connect, where `OIDC_ISSUER`, `OIDC_CLIENT_ID` and `OIDC_CLIENT_SECRET` are all set.

    `OIDC_NAME` is what the button calls it; `OIDC_CREATES_ACCOUNTS=1` gives an account, without
    any right, to whoever the issuer vouches for and has none yet.
    """
    found = {
        "issuer": env.str("OIDC_ISSUER", default=""),
        "client_id": env.str("OIDC_CLIENT_ID", default=""),
        "client_secret": env.str("OIDC_CLIENT_SECRET", default=""),
    }
    if not all(found.values()):
        return None
    return {
        **found,
        "name": env.str("OIDC_NAME", default="OpenID Connect"),
        "creates_accounts": env.bool("OIDC_CREATES_ACCOUNTS", default=False),
    }
