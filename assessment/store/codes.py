"""Short codes: for those in the same room, who cannot copy a private link from another screen."""

import hashlib
import re
import secrets
import threading
import time
from collections import deque

ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
"""Without signs that are taken for one another when they are read aloud or off a wall."""
LENGTH = 8
"""31 to the power of 8: at WRONG_A_MINUTE tries a minute it would take many thousand years to try them all."""
HOURS = 8
"""How long a code opens: a working day."""
WRONG_A_MINUTE = 60


def new_code() -> str:
    """Return a code as it is shown: in two groups."""
    signs = [secrets.choice(ALPHABET) for _ in range(LENGTH)]
    return "".join(signs[:4]) + "-" + "".join(signs[4:])


def hashed(secret: str) -> str:
    """Return what is stored of a token or a code: who reads the database cannot open anything with it."""
    return hashlib.sha256(secret.encode(errors="surrogatepass")).hexdigest()


def hashed_code(typed: str) -> str:
    """Return what is stored of a code, however it was typed: small letters, spaces and hyphens do not matter."""
    return hashed("code:" + "".join(sign for sign in typed.upper() if sign in ALPHABET))


def typed_code(typed: str) -> str:
    """Return a code as it is shown, however it was typed."""
    signs = "".join(sign for sign in typed.upper() if sign in ALPHABET)
    return signs[:4] + "-" + signs[4:]


def looks_like_code(typed: str) -> bool:
    """Say whether what was typed can only be a code: a private link is longer."""
    signs = re.sub(r"[\s-]", "", typed).upper()
    return len(signs) == LENGTH and set(signs) <= set(ALPHABET)


class Doorkeeper:
    """Counts wrong codes, for all who try in this process together; for any number of threads."""

    def __init__(self, *, most: int = WRONG_A_MINUTE) -> None:
        self._wrong: deque[float] = deque(maxlen=most)
        self._lock = threading.Lock()

    def is_open(self) -> bool:
        """Say whether another code may be tried now."""
        with self._lock:
            full = len(self._wrong) == self._wrong.maxlen
            return not full or time.monotonic() - self._wrong[0] > 60

    def note_wrong(self) -> None:
        """Count a wrong code."""
        with self._lock:
            self._wrong.append(time.monotonic())
