"""Short codes: for those in the same room, who cannot copy a private link from another screen."""

import hashlib
import re
import secrets

ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
"""Without signs that are taken for one another when they are read aloud or off a wall."""
LENGTH = 8
"""31 to the power of 8: at WRONG_A_MINUTE tries a minute it would take many thousand years to try them all."""
HOURS = 8
"""How long a code opens: a working day."""
WRONG_A_MINUTE = 60
"""By all who try together, whichever app server they are on."""
WRONG_BY_ONE = 20
"""By one caller, where the app knows callers apart: a room behind one address mistypes less often."""


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
