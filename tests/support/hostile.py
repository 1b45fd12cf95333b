"""Raw requests that no client of ours would send, drawn by a seed: heads, bodies and encodings that are broken.

Bytes on a line, because a library would mend what is to be tried.
"""

import random
import socket
from collections.abc import Sequence
from dataclasses import dataclass

from tests.support.hostile_kinds import (
    BOUNDARIES,
    FORMS,
    HEADS,
    ID,
    IDS,
    JSON_BODIES,
    METHODS,
    PACKINGS,
    PARAMETERS,
    PATHS,
    QUERIES,
    TYPES,
)
from tests.support.hostile_lines import RAW

Dice = random.Random


@dataclass(frozen=True, slots=True)
class Shot:
    """``said`` names what is wrong with it. ``broken``: it is no HTTP, so that a closed line is an answer too."""

    said: str
    raw: bytes
    broken: bool = False


def shots(operations: Sequence[tuple[bytes, bytes]], tokens: Sequence[bytes], *, seed: int, number: int) -> list[Shot]:
    """So many requests to these operations (method, path) by these callers (a token each, or none)."""
    dice = Dice(seed)
    return [_shot(dice, dice.choice(operations), dice.choice(tokens)) for _ in range(number)]


def _shot(dice: Dice, operation: tuple[bytes, bytes], token: bytes) -> Shot:
    method, path = operation
    turn = dice.random()
    if turn < 0.2:
        name = dice.choice(list(RAW))
        return Shot(f"{name} {path.decode()}", RAW[name](path), broken=True)
    said = []
    if turn < 0.3:
        path = dice.choice(PATHS)
        said.append(f"path {path[:40]!r}")
    elif turn < 0.4:
        path = path.replace(ID, dice.choice(IDS))
        names = dice.sample(PARAMETERS, dice.choice((1, 2, 9)))
        path += b"?" + b"&".join(name + b"=" + dice.choice(QUERIES) for name in names)
        said.append("odd ids and parameters")
    if turn > 0.9:
        method = dice.choice(METHODS)
    heads = [b"Authorization: Bearer " + token + b"\r\n"] if token else []
    body, type_ = b"", b""
    kind = dice.random()
    if kind < 0.5:
        name = dice.choice(list(JSON_BODIES))
        body, type_ = JSON_BODIES[name](dice), dice.choice(TYPES) if dice.random() < 0.2 else TYPES[0]
        said.append(f"JSON {name}")
    elif kind < 0.8:
        name = dice.choice(list(FORMS))
        boundary = dice.choice(BOUNDARIES) if dice.random() < 0.2 else BOUNDARIES[0]
        body, type_ = FORMS[name](dice), b"multipart/form-data; boundary=" + boundary
        said.append(f"form {name}")
    if body and dice.random() < 0.25:
        name = dice.choice(list(PACKINGS))
        body = PACKINGS[name](body)
        heads.append(b"Content-Encoding: " + (b"deflate" if name == "deflate" else b"gzip") + b"\r\n")
        said.append(name)
    for name in dice.sample(list(HEADS), dice.choice((0, 1, 1, 2))):
        heads.append(dice.choice(HEADS[name]) + b"\r\n")
        said.append(name)
    if type_:
        heads.append(b"Content-Type: " + type_ + b"\r\n")
    host = b"" if {"another host", "no host that is one"} & set(said) else b"Host: x\r\n"
    head = method + b" " + path + b" HTTP/1.1\r\n" + host + b"Connection: close\r\n" + b"".join(heads)
    raw = head + b"Content-Length: %d\r\n\r\n" % len(body) + body
    return Shot(f"{method.decode()} {path[:60].decode(errors='replace')}: {', '.join(said)}", raw)


def fire(port: int, shot: Shot, *, seconds: float = 10) -> list[int]:
    """The statuses of all answers on one line; [] when it was closed without any. Raises TimeoutError."""
    answered = b""
    with socket.create_connection(("127.0.0.1", port), timeout=seconds) as line:
        try:
            line.sendall(shot.raw)
            if shot.broken:
                line.shutdown(socket.SHUT_WR)
            while piece := line.recv(1 << 16):
                answered += piece
        except (ConnectionResetError, BrokenPipeError):
            pass  # it was refused before all of it had come
    return [int(rest[:3]) for rest in answered.split(b"HTTP/1.1 ")[1:] if rest[:3].isdigit() and rest[:4][3:] == b" "]
