"""Encryption of an archive as it streams by, with a key of the institute's.

AES-256-GCM over pieces of 64 KiB, each of which names its number and whether it is the last one
(the STREAM construction of Hoang, Reyhanitabar, Rogaway and Vizár, 2015): a piece that was changed,
moved, taken away or cut off is noticed. The key is derived from `BACKUP_KEY` by scrypt (RFC 7914)
with a salt of the archive's own.
"""

import hashlib
import io
import secrets
import struct

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from .errors import Damaged, WrongKey

MAGIC = b"LIHSITE-SEALED-1"
PIECE = 64 * 1024
TAG = 16
SALT, CHECK, PREFIX = 16, 16, 7
COSTS = {"n": 2**15, "r": 8, "p": 1, "maxmem": 64 * 1024 * 1024}


def derived(key: str, salt: bytes) -> tuple[bytes, bytes]:
    """The key of the cipher, and what tells a wrong key from a damaged archive."""
    material = hashlib.scrypt(key.encode(), salt=salt, dklen=32 + CHECK, **COSTS)
    return material[:32], material[32:]


def nonce(prefix: bytes, number: int, is_last: bool) -> bytes:
    return prefix + struct.pack(">IB", number, is_last)


class Sealer(io.RawIOBase):
    """Writes what it is given, sealed; only `finish` makes it whole."""

    def __init__(self, out, key: str):
        self.out = out
        salt, self.prefix = secrets.token_bytes(SALT), secrets.token_bytes(PREFIX)
        secret, check = derived(key, salt)
        self.cipher = AESGCM(secret)
        self.header = MAGIC + salt + check + self.prefix
        self.buffer, self.number = bytearray(), 0
        out.write(self.header)

    def writable(self):
        return True

    def write(self, data) -> int:
        self.buffer += data
        while len(self.buffer) > PIECE:
            self._seal(bytes(self.buffer[:PIECE]), is_last=False)
            del self.buffer[:PIECE]
        return len(data)

    def finish(self) -> None:
        self._seal(bytes(self.buffer), is_last=True)

    def _seal(self, piece: bytes, is_last: bool) -> None:
        name = nonce(self.prefix, self.number, is_last)
        self.out.write(self.cipher.encrypt(name, piece, self.header))
        self.number += 1


class Opener(io.RawIOBase):
    """Reads what a `Sealer` wrote. Raises WrongKey at once, Damaged where the damage is."""

    def __init__(self, source, key: str):
        self.source = source
        self.header = read_exactly(source, len(MAGIC) + SALT + CHECK + PREFIX)
        salt = self.header[len(MAGIC) : len(MAGIC) + SALT]
        known = self.header[len(MAGIC) + SALT : -PREFIX]
        secret, check = derived(key, salt)
        if not secrets.compare_digest(check, known):
            raise WrongKey("BACKUP_KEY is not the key that this backup was sealed with.")
        self.cipher, self.prefix = AESGCM(secret), self.header[-PREFIX:]
        self.number, self.opened = 0, b""
        self.ahead = read_up_to(source, PIECE + TAG)

    def readable(self):
        return True

    def readinto(self, into) -> int:
        while not self.opened and self.ahead is not None:
            self._open()
        count = min(len(into), len(self.opened))
        into[:count] = self.opened[:count]
        self.opened = self.opened[count:]
        return count

    def _open(self) -> None:
        piece, self.ahead = self.ahead, read_up_to(self.source, PIECE + TAG)
        is_last = not self.ahead
        if is_last:
            self.ahead = None
        try:
            name = nonce(self.prefix, self.number, is_last)
            self.opened = self.cipher.decrypt(name, piece, self.header)
        except InvalidTag as error:
            raise Damaged("the sealed content was changed, or is cut off") from error
        self.number += 1


def read_up_to(source, count: int) -> bytes:
    """As many bytes as there are, up to the count: sources may give fewer at a time."""
    found = bytearray()
    while len(found) < count and (more := source.read(count - len(found))):
        found += more
    return bytes(found)


def read_exactly(source, count: int) -> bytes:
    found = read_up_to(source, count)
    if len(found) < count:
        raise Damaged("it is cut off")
    return found
