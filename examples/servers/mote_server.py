"""The server's end of a mote packet in Python, with the package cryptography."""

import base64
import hashlib
import hmac
import os

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.padding import PKCS7


def device_key(master: bytes, label: bytes, device: bytes) -> bytes:
    """HKDF-Expand (RFC 5869 section 2.3) with info = label || 0x00 || device. 32 bytes of it are one HMAC."""
    if not label or 0 in label or not device:
        raise ValueError("label or device is empty, or a zero byte is in the label")
    return hmac.new(master, label + b"\0" + device + b"\1", hashlib.sha256).digest()


def tag(key: bytes, aad: bytes, body: bytes) -> bytes:
    if len(key) != 32:
        raise ValueError("key must be 32 bytes")
    aad_bits = (8 * len(aad)).to_bytes(8, "big")
    return hmac.new(key[:16], aad + body + aad_bits, hashlib.sha256).digest()[:16]


def seal(key: bytes, plaintext: bytes, aad: bytes, iv: bytes = None) -> str:
    """Leave iv out: it is then 16 random bytes. Only a comparison with known bytes gives one."""
    iv = os.urandom(16) if iv is None else iv
    padder = PKCS7(128).padder()
    encryptor = Cipher(algorithms.AES(key[16:]), modes.CBC(iv)).encryptor()
    body = iv + encryptor.update(padder.update(plaintext) + padder.finalize()) + encryptor.finalize()
    return base64.urlsafe_b64encode(body + tag(key, aad, body)).decode().rstrip("=")


def open_packet(key: bytes, text: str, aad: bytes) -> bytes:
    """The plaintext, or ValueError. Check afterwards that the packet's counter is higher than the last one."""
    packet = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    canonical = base64.urlsafe_b64encode(packet).decode().rstrip("=") == text
    if not canonical or len(packet) < 48 or len(packet) % 16 != 0:
        raise ValueError("malformed packet")
    body = packet[:-16]
    if not hmac.compare_digest(packet[-16:], tag(key, aad, body)):
        raise ValueError("packet is not authentic")
    decryptor = Cipher(algorithms.AES(key[16:]), modes.CBC(body[:16])).decryptor()
    unpadder = PKCS7(128).unpadder()
    return unpadder.update(decryptor.update(body[16:]) + decryptor.finalize()) + unpadder.finalize()
