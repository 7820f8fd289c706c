"""Ports of this machine."""

import errno
import socket

from motcua.cli.options import BadInput


def refuse_unusable(host: str, port: int) -> None:
    """Refuse an address on which nothing of ours could listen, and say why. Refusals: BadInput."""
    try:
        family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
    except (socket.gaierror, UnicodeError):
        raise BadInput(f"{host} is no address: give one of this machine's with --host") from None
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(address)
        except OSError as fault:
            raise BadInput(_why(fault, host, port)) from fault


def _why(fault: OSError, host: str, port: int) -> str:
    match fault.errno:
        case errno.EADDRINUSE:
            return f"port {port} of {host} is taken by another program: choose another with --port"
        case errno.EACCES:
            return f"port {port} is for root alone: choose one from 1024 with --port"
        case errno.EADDRNOTAVAIL:
            return f"{host} is no address of this machine: give one that is with --host"
        case _:
            return f"port {port} of {host} cannot be used: {fault.strerror}"
