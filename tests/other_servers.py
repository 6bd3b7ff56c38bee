"""Small servers in a thread of the test, for what the site asks of others."""

from contextlib import contextmanager
from http.server import ThreadingHTTPServer
from socketserver import BaseServer
from threading import Thread

LOOKS_FOR_ITS_END_EVERY = 0.01  # seconds


class Quiet:
    """For handlers of requests: nothing is printed."""

    def log_message(self, *words):
        pass


def http_server(handler) -> ThreadingHTTPServer:
    """On a free port of this machine; `url` has no slash at its end."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.url = f"http://127.0.0.1:{server.server_port}"
    return server


@contextmanager
def answering(server: BaseServer):
    """The server answers until the end of the block, and is gone then."""
    thread = Thread(target=server.serve_forever, args=[LOOKS_FOR_ITS_END_EVERY], daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
