"""The models of the room, gathered for Django's app registry."""

from .audit import AccountEvent
from .factors import AuthenticatorApp, Passkey, RecoveryCode
from .single_sign_on import OpenIdentity

__all__ = ["AccountEvent", "AuthenticatorApp", "OpenIdentity", "Passkey", "RecoveryCode"]
