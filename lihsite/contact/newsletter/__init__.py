"""The newsletter: sign-up with double opt-in, unsubscription in one click, export."""
