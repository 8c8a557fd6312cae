"""Who tries a code, told apart without being known: a keyed hash of the address that a trusted proxy names."""

import hashlib
import hmac
import os
from ipaddress import ip_address

import streamlit as st

KEY = "ASSESSMENT_CALLER_KEY"
"""Set only behind a proxy that overwrites the header: whoever may write it would be another caller each time."""
HEADER = "X-Real-IP"
SIGNS = 32
ONE_NETWORK = 64
"""Bits of an IPv6 address that belong to a household or an office: the others change as one likes."""


def mark() -> str:
    """Return the mark of whoever this session belongs to; nothing where callers are not told apart."""
    key = os.environ.get(KEY, "")
    named = st.context.headers.get(HEADER) if key else None
    return mark_of(named, key) if named else ""


def mark_of(address: str, key: str) -> str:
    """Return a keyed hash of an address, with which nobody finds the address again who does not have the key."""
    try:
        found = ip_address(address.strip())
    except ValueError:
        return ""
    whose = found.packed[: ONE_NETWORK // 8] if found.version == 6 else found.packed
    return hmac.new(key.encode(), whose, hashlib.sha256).hexdigest()[:SIGNS]
