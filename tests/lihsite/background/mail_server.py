"""A real mail server, which tests start, stop, and let answer slowly or refuse."""

import asyncio
import threading
from email import message_from_bytes

from aiosmtpd.controller import Controller

from lihsite.operations import server


class MailServer:
    """Takes mails on a port of its own from `start` to `stop`; `mails` are those it has taken."""

    def __init__(self):
        self.port = server.free_port()
        self.mails = []
        self.refusal = ""
        """What it answers to each mail, such as `451 later`, if it is to take none."""
        self.seconds = 0.0
        """How long it takes over a mail before it answers."""
        self.asked = threading.Event()
        self.controller: Controller | None = None

    async def handle_DATA(self, _server, session, envelope):
        self.asked.set()
        await asyncio.sleep(self.seconds)
        if self.refusal:
            return self.refusal
        if session.peer and _server.transport.is_closing():
            return "421 too late"
        mail = message_from_bytes(envelope.content)
        mail.envelope = envelope
        self.mails.append(mail)
        return "250 OK"

    def start(self) -> None:
        self.controller = Controller(self, hostname=server.HOST, port=self.port)
        self.controller.start()

    def stop(self) -> None:
        if self.controller:
            self.controller.stop()
            self.controller = None
