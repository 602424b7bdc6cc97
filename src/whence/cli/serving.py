"""`whence serve`: the review site over the store, for one person on this machine, or with accounts for several."""

from __future__ import annotations

import ipaddress
import socket
from pathlib import Path
from typing import TYPE_CHECKING

import click

from whence.errors import ConfigError, ResourceError

from .program import DONE, complain
from .storing import place_of, store_options, user_name

if TYPE_CHECKING:
    from whence.store import Store


@click.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on; any but loopback demands accounts.")
@click.option("--port", default=8321, show_default=True, type=click.IntRange(0, 65535), help="Port to listen on; 0 takes a free one.")
@click.option("--who", metavar="NAME", default=user_name, help="The name under which judgements are made (default: the name of the user).")
@click.option("--accounts", is_flag=True, help="Demand accounts on loopback too, as behind a proxy.")
@click.option("--name", "names", multiple=True, metavar="HOST", help="A name under which the site is reached; may be repeated.")
@click.option("--certificate", type=click.Path(exists=True, dir_okay=False), metavar="FILE", help="TLS: the certificate (PEM).")
@click.option("--key", type=click.Path(exists=True, dir_okay=False), metavar="FILE", help="TLS: its private key (PEM).")
@click.option("--tls-in-front", is_flag=True, help="A proxy before the site speaks TLS: cookies are sent over TLS only.")
@store_options
def serve(
    host: str,
    port: int,
    who: str,
    accounts: bool,
    names: tuple[str, ...],
    certificate: str | None,
    key: str | None,
    tls_in_front: bool,
    place: str | None,
    config: Path | None,
) -> int:
    """Open the review site: read, look, merge, correct, grade. Ctrl-C ends it.

    On loopback it is one person's and asks for no password. On any other address it demands accounts: where nobody has one yet, a
    link is printed by which the first admin chooses a password. The store is begun where there is none; what is added through the
    site is read in a process of its own.
    """
    if (certificate is None) != (key is None):
        raise ConfigError("--certificate and --key belong together: give both, or neither")
    accounts = accounts or not loopback(host)
    if not accounts and names:
        raise ConfigError("--name: a site that is reached under another name wants accounts; give --accounts too")
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
    secure = tls_in_front or certificate is not None
    with Store(where) as store, listening(host, port) as bound:
        site = Site(store, Inbox(ReadingProcess(where, settings)), who=who, accounts=accounts, secure=secure)
        at = bound.getsockname()
        shown = f"[{at[0]}]" if ":" in at[0] else at[0]
        address = f"{'https' if certificate else 'http'}://{shown}:{at[1]}"
        complain(f"{store.where}: open {address}/ (Ctrl-C ends)")
        if accounts:
            _first_admin(store, who, address)
            if not secure and not loopback(host):
                complain("passwords travel unprotected: give --certificate and --key, or put a proxy with TLS before it (--tls-in-front)")
        try:
            config_of = uvicorn.Config(
                application(site, names=names),
                log_level="warning",
                access_log=False,
                server_header=False,
                proxy_headers=False,
                ssl_certfile=certificate,
                ssl_keyfile=key,
            )
            uvicorn.Server(config_of).run(sockets=[bound])
        except KeyboardInterrupt:
            pass
        finally:
            site.close()
    return DONE


def _first_admin(store: Store, who: str, address: str) -> None:
    """Where no admin has joined yet, print the link by which one does; it is good once, and new with every start."""
    people = store.people.all()
    if any(p.role == "admin" and p.joined and not p.disabled for p in people):
        return
    waiting = next((p for p in people if p.role == "admin" and not p.disabled), None)
    _, code = store.people.invite(waiting.id) if waiting else store.people.add(who, "admin")
    complain(f"nobody is admin yet; become it, once: {address}/join/{code}")


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
