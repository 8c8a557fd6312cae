"""Write down every attempt of a Python process to reach beyond this machine, and refuse it: as if the network were cut.

Python imports a module of this name at its start; `ATTEMPTS` names the file.
"""

import ipaddress
import os
import socket
import sys
from typing import Any

ASKED = {"socket.connect", "socket.sendto", "socket.sendmsg"}
RESOLVED = {"socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr", "socket.getnameinfo"}
HERE = {"localhost", "", "0.0.0.0", "::", socket.gethostname()}


def is_here(host: object) -> bool:
    """Say whether a host is this machine."""
    name = host.decode() if isinstance(host, bytes) else str(host or "")
    if name in HERE:
        return True
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False


def watch(event: str, given: tuple[Any, ...]) -> None:
    """Refuse what leads out."""
    if event in ASKED:
        address = given[1]
        if not isinstance(address, tuple) or is_here(address[0]):  # a path is a socket of this machine
            return
    elif event in RESOLVED:
        address = given[0]
        if is_here(address[0] if isinstance(address, tuple) else address):
            return
    else:
        return
    with open(os.environ["ATTEMPTS"], "a", encoding="utf-8") as file:  # noqa: PTH123 - as little as possible runs in here
        file.write(f"{event} {address!r}\n")
    raise OSError("the network is cut")


sys.addaudithook(watch)
