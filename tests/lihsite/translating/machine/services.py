"""HTTP servers that speak the protocols of the services, as their documentation has them."""

import json
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler

from tests.other_servers import Quiet, answering, http_server


class Service(Quiet, BaseHTTPRequestHandler):
    """Answers each text with the text in capitals behind the language's code, tags as they are."""

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        request = json.loads(body)
        self.server.requests.append((self.path, dict(self.headers), request))
        status, answer = self.server.answer or self.translated(request)
        data = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)


class DeepLService(Service):
    def translated(self, request):
        if self.path != "/v2/translate":
            return 404, {"message": "Not found"}
        if self.headers["Authorization"] != "DeepL-Auth-Key the-key":
            return 403, {"message": "Forbidden"}
        if len(request["text"]) > 50:
            return 413, {"message": "Request entity too large"}
        texts = [self.server.words(text, request["target_lang"]) for text in request["text"]]
        return 200, {
            "translations": [{"detected_source_language": "EN", "text": text} for text in texts]
        }


class LibreTranslateService(Service):
    def translated(self, request):
        if self.path != "/translate":
            return 404, {"error": "Not found"}
        if request.get("api_key") != "the-key":
            return 403, {"error": "Invalid API key"}
        texts = [self.server.words(text, request["target"].upper()) for text in request["q"]]
        return 200, {"translatedText": texts}


def put_in_front(text: str, target: str) -> str:
    """A translation that anyone can check."""
    return text.replace("Ask", f"{target}: Ask").replace("Careers", f"{target}: Careers")


@contextmanager
def running(handler):
    """The server, at `url`; `answer` is what it answers instead, `words` how it translates."""
    server = http_server(handler)
    server.requests, server.answer, server.words = [], None, put_in_front
    with answering(server):
        yield server
