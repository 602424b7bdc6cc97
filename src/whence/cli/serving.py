"""`whence serve`: the review site over the store, on this machine."""

from __future__ import annotations

import ipaddress
import socket
from pathlib import Path

import click

from whence.errors import ConfigError, ResourceError

from .program import DONE, complain
from .storing import place_of, store_options, user_name


@click.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on; loopback only.")
@click.option("--port", default=8321, show_default=True, type=click.IntRange(0, 65535), help="Port to listen on; 0 takes a free one.")
@click.option("--who", metavar="NAME", default=user_name, help="The name under which judgements are made (default: the name of the user).")
@store_options
def serve(host: str, port: int, who: str, place: str | None, config: Path | None) -> int:
    """Open the review site on this machine: read, look, correct, grade. Ctrl-C ends it.

    It asks for no password, so it listens on loopback only. The store is begun where there is none; what is added through the
    site is read in a process of its own.
    """
    if not loopback(host):
        raise ConfigError(
            f"--host {host}: the site knows no accounts, so whoever reached it could judge; it listens on 127.0.0.1, ::1 or localhost "
            "only. From another machine, use a tunnel: ssh -L 8321:127.0.0.1:8321 this-machine"
        )
    if not who.strip():
        raise ConfigError("--who: a judgement wants the name of whoever makes it; give one")
    try:
        import uvicorn

        from whence.web import Inbox, Site, application
        from whence.web.inbox import ReadingProcess
    except ImportError as error:
        raise ResourceError(f"the review site wants packages that are not there ({error}); pip install 'whence[web]'") from None
    from whence.store import Store

    where, settings = place_of(place, config)
    with Store(where) as store, listening(host, port) as bound:
        inbox = Inbox(ReadingProcess(where, settings))
        at = bound.getsockname()
        shown = f"[{at[0]}]" if ":" in at[0] else at[0]
        complain(f"{store.where}: open http://{shown}:{at[1]}/ (Ctrl-C ends)")
        try:
            config_of = uvicorn.Config(
                application(Site(store, inbox, who=who)), log_level="warning", access_log=False, server_header=False, proxy_headers=False
            )
            uvicorn.Server(config_of).run(sockets=[bound])
        except KeyboardInterrupt:
            pass
        finally:
            inbox.close()
    return DONE


def loopback(host: str) -> bool:
    """Whether an address is this machine's own and nobody else's."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def listening(host: str, port: int) -> socket.socket:
    """A socket listening at the address. ConfigError where it is taken."""

    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    made = socket.socket(family, socket.SOCK_STREAM)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        made.bind((host.strip("[]"), port))
        made.listen(128)  # whoever reads the address may open it at once
    except OSError as error:
        made.close()
        raise ConfigError(f"port {port} of {host}: {error.strerror or error}; name another with --port") from None
    return made


COMMANDS = (serve,)
