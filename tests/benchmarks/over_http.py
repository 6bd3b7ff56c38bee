"""A small load generator: keep-alive connections from processes of their own, on loopback only."""

import math
import multiprocessing
import socket
import time
from dataclasses import dataclass

HOST = "127.0.0.1"
PROCESSES = 2
BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
"""Whoever asks so is a visitor who is counted."""
CONNECTIONS = 4
"""Connections of each process, asked in turn: as many requests are in hand at a time."""


@dataclass(frozen=True)
class Load:
    """What one address bears."""

    requests_per_second: float
    p50_ms: float
    p99_ms: float


def measure(port: int, address: str, seconds: float) -> Load:
    """Ask for the address for some seconds; raises RuntimeError if an answer is not 200."""
    with multiprocessing.get_context("spawn").Pool(PROCESSES) as pool:
        results = pool.starmap(ask, [(port, address, seconds)] * PROCESSES)
    times = sorted(elapsed for result in results for elapsed in result)
    return Load(
        requests_per_second=round(len(times) / seconds, 1),
        p50_ms=round(times[len(times) // 2] * 1000, 2),
        p99_ms=round(times[int(len(times) * 0.99)] * 1000, 2),
    )


def ask_often(port: int, address: str, count: int) -> None:
    """Ask for the address so many times, without measuring."""
    each = count // PROCESSES
    with multiprocessing.get_context("spawn").Pool(PROCESSES) as pool:
        pool.starmap(ask, [(port, address, math.inf, each)] * PROCESSES)


def ask(port: int, address: str, seconds: float, most: float = math.inf) -> list[float]:
    """The seconds that each answer took, from sending the request to its last byte.

    Ends after some seconds, or about so many answers.
    """
    request = (
        f"GET {address} HTTP/1.1\r\nHost: {HOST}:{port}\r\nAccept-Encoding: identity\r\n"
        f"User-Agent: {BROWSER}\r\n\r\n"
    ).encode()
    connections = [Connection(port) for _ in range(CONNECTIONS)]
    times = []
    for connection in connections:
        # The first answer is not counted: templates are parsed, files are read.
        connection.send(request)
        connection.receive()
    for connection in connections:
        connection.send(request)
    end = time.perf_counter() + seconds
    while time.perf_counter() < end and len(times) < most:
        for connection in connections:
            times.append(connection.receive())
            connection.send(request)
    for connection in connections:
        connection.socket.close()
    return times


class Connection:
    """One keep-alive connection."""

    def __init__(self, port: int):
        self.socket = socket.create_connection((HOST, port), timeout=60)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.started = 0.0

    def send(self, request: bytes) -> None:
        self.started = time.perf_counter()
        self.socket.sendall(request)

    def receive(self) -> float:
        received = b""
        while b"\r\n\r\n" not in received:
            received += self.some()
        head, _, body = received.partition(b"\r\n\r\n")
        if not head.startswith(b"HTTP/1.1 200"):
            raise RuntimeError(head.splitlines()[0].decode())
        left = content_length(head) - len(body)
        while left > 0:
            left -= len(self.some())
        return time.perf_counter() - self.started

    def some(self) -> bytes:
        data = self.socket.recv(262_144)
        if not data:
            raise RuntimeError("The server closed the connection.")
        return data


def content_length(head: bytes) -> int:
    for line in head.lower().split(b"\r\n"):
        if line.startswith(b"content-length:"):
            return int(line.partition(b":")[2])
    raise RuntimeError("The answer does not tell its length.")
