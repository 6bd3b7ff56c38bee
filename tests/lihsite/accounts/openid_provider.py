"""A small OpenID provider over HTTP, which can also be told to misbehave.

It speaks discovery, the authorization code flow with PKCE, and signs its tokens (OpenID Connect
Core 1.0, RFC 7636). Whoever comes is signed in at once as `claims` say.
"""

import base64
import hashlib
import json
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

from tests.other_servers import Quiet, answering, http_server

CLIENT_ID, CLIENT_SECRET = "lihsite", "a secret of two"


class Provider:
    def __init__(self, address):
        self.issuer = address
        self.key = RSAKey.generate_key(2048, {"kid": "first", "use": "sig"})
        self.signs_with = self.key
        self.claims = {}
        self.token_claims = {}
        """What is in the token instead of what belongs there."""
        self.codes = {}
        self.is_broken = False

    def metadata(self):
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys",
            "id_token_signing_alg_values_supported": ["RS256"],
        }

    def authorize(self, query):
        """The address to which the browser is sent back."""
        assert query["client_id"] == CLIENT_ID
        assert query["response_type"] == "code"
        code = hashlib.sha256(query["state"].encode()).hexdigest()
        self.codes[code] = query
        return f"{query['redirect_uri']}?{urlencode({'code': code, 'state': query['state']})}"

    def token(self, form, credentials):
        asked = self.codes.pop(form["code"])
        assert credentials == f"{CLIENT_ID}:{CLIENT_SECRET}"
        assert form["redirect_uri"] == asked["redirect_uri"]
        digest = hashlib.sha256(form["code_verifier"].encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        assert asked["code_challenge"] == challenge
        now = int(time.time())
        claims = {
            **{"iss": self.issuer, "aud": CLIENT_ID, "iat": now, "exp": now + 60},
            **{"nonce": asked["nonce"], **self.claims, **self.token_claims},
        }
        header = {"alg": "RS256", "kid": self.signs_with.kid}
        signed = jwt.encode(header, claims, self.signs_with)
        return {"access_token": "opaque", "token_type": "Bearer", "id_token": signed}


@contextmanager
def serving():
    server = http_server(Handler)
    server.provider = Provider(server.url)
    with answering(server):
        yield server.provider


class Handler(Quiet, BaseHTTPRequestHandler):
    def do_GET(self):
        provider, path = self.server.provider, urlsplit(self.path)
        if provider.is_broken:
            return self.answer(500, {})
        if path.path == "/authorize":
            self.send_response(302)
            self.send_header("Location", provider.authorize(dict(parse_qsl(path.query))))
            return self.end_headers()
        answers = {
            "/.well-known/openid-configuration": provider.metadata,
            "/keys": lambda: {"keys": [provider.key.as_dict(private=False)]},
        }
        return self.answer(200, answers[path.path]())

    def do_POST(self):
        length = int(self.headers["Content-Length"])
        form = {
            name: values[0] for name, values in parse_qs(self.rfile.read(length).decode()).items()
        }
        credentials = base64.b64decode(self.headers["Authorization"].removeprefix("Basic "))
        try:
            self.answer(200, self.server.provider.token(form, credentials.decode()))
        except (AssertionError, KeyError):
            self.answer(400, {"error": "invalid_grant"})

    def answer(self, status, content):
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(json.dumps(content).encode())
