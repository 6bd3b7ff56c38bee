"""A site that says of each request who its client is, behind one proxy."""

from django.conf import settings
from django.core.handlers.wsgi import WSGIRequest

from lihsite.clients import client_of

settings.configure(TRUSTED_PROXIES=1)


def application(environ, start_response):
    start_response("200 OK", [])
    return [client_of(WSGIRequest(environ)).encode()]
