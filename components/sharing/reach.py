"""Who could open a link, by the host in it."""

import ipaddress
from typing import Literal

from components.network import is_public

Reach = Literal["machine", "network", "everybody"]


def reach(host: str) -> Reach:
    """machine: nobody but whoever sits at it; network: those in the same one; everybody: as far
    as its looks say. Nothing is looked up."""
    name = host.strip("[]").rstrip(".").lower()
    if name == "localhost" or name.endswith(".localhost"):
        return "machine"
    try:
        address = ipaddress.ip_address(name)
    except ValueError:
        return "everybody" if is_public(name) else "network"
    if address.is_loopback or address.is_unspecified:
        return "machine"
    return "everybody" if is_public(name) else "network"
