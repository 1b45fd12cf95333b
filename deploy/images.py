"""`make images`: builds every image of docker-compose.yml that is ours, without a container engine and as root only.

    make images                     all of them
    make images IMAGES="lumbung-registry lumbung-proxy"

buildah (`apt-get install buildah debootstrap`) runs each step in a root file system of its own, with no more isolation
than a changed root; the base is made by debootstrap, once, from the Debian archive that this machine itself uses. Who
has an engine and a registry needs none of this: `docker compose build`.

Nothing but the standard library, PyYAML and those two programs. What pip is told on this machine (an index, a
certificate, a folder of wheels) is told to the pip of the build, and stays out of the images.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from deploy.local.folders import ROOT, cache

COMPOSE = ROOT / "docker-compose.yml"
BASE = "localhost/lumbung-base"
SUITE = "bookworm"
PACKAGES = ("python3", "python3-venv", "ca-certificates", "tzdata")
# Nobody reads a manual or a translation inside a container.
LEFT_OUT = ("usr/share/doc", "usr/share/man", "usr/share/locale", "var/cache/apt", "var/lib/apt/lists", "var/log")


class Refused(Exception):
    """Why no image can be built here, and what to do."""


@dataclass(frozen=True, slots=True)
class Image:
    """One image of the compose file: how it is called, and of what it is built."""

    name: str
    dockerfile: str
    arguments: Mapping[str, str]


def listed(compose: Path = COMPOSE) -> list[Image]:
    """Every image that the compose file builds, in its order."""
    services = yaml.safe_load(compose.read_text(encoding="utf-8"))["services"].values()
    built = [service for service in services if "build" in service]
    return [Image(one["image"], one["build"]["dockerfile"], one["build"].get("args", {})) for one in built]


def missing() -> str | None:
    """What keeps images from being built on this machine; None when nothing does."""
    absent = [name for name in ("buildah", "debootstrap") if shutil.which(name) is None]
    if absent:
        return f"{' and '.join(absent)} cannot be found (apt-get install buildah debootstrap)"
    return None if os.geteuid() == 0 else "building without an engine needs root"


class Builder:
    """Builds into a store of its own under `folder`, so that nothing else on the machine sees or loses an image."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._base = folder / "base"

    def buildah(self, *arguments: str | Path) -> list[str]:
        """The command line of buildah on this store."""
        store = ["--root", str(self.folder / "store"), "--runroot", str(self.folder / "run")]
        return ["buildah", *store, *map(str, arguments)]

    def make_base(self) -> None:
        """Debian with Python as an image, unless it is there. Raises Refused when it cannot be had."""
        if self._said("images", "--quiet", "--filter", f"reference={BASE}"):
            return
        shutil.rmtree(self._base, ignore_errors=True)
        what = ["--variant=minbase", f"--include={','.join(PACKAGES)}", SUITE, str(self._base)]
        _run(["debootstrap", *what, *archive()])
        self._keep_base()

    def _keep_base(self) -> None:
        for name in LEFT_OUT:
            shutil.rmtree(self._base / name, ignore_errors=True)
            (self._base / name).mkdir(parents=True, mode=0o755)
        (self._base / "usr/bin/python").symlink_to("python3")
        container = self._said("from", "scratch")
        _run(self.buildah("copy", "--quiet", container, self._base, "/"))
        _run(self.buildah("config", "--cmd", "python", container))
        _run(self.buildah("commit", "--quiet", container, BASE))
        _run(self.buildah("rm", container))
        shutil.rmtree(self._base)

    def build(self, image: Image) -> None:
        """One image. Raises Refused when a step of its Dockerfile fails."""
        with tempfile.TemporaryDirectory() as folder:
            settings = Path(folder) / "pip.conf"
            settings.write_text(pip_settings(), encoding="utf-8")
            seen = {str(settings): "/etc/pip.conf", **{place: place for place in pip_places()}}
            arguments = {**image.arguments, "BASE": BASE}
            _run(
                self.buildah(
                    "bud", "--isolation", "chroot", "--quiet", "--layers", "--format", "docker",
                    *(f"--volume={outside}:{inside}:ro" for outside, inside in seen.items()),
                    *(f"--build-arg={name}={value}" for name, value in arguments.items()),
                    "--file", ROOT / image.dockerfile, "--tag", f"localhost/{image.name}", ROOT,
                )
            )  # fmt: skip

    def size(self, name: str) -> str:
        """How large an image is with all its layers, as people say it."""
        return self._said("images", "--format", "{{.Size}}", f"localhost/{name}")

    def _said(self, *arguments: str) -> str:
        return subprocess.run(self.buildah(*arguments), capture_output=True, text=True, check=False).stdout.strip()


def archive() -> list[str]:
    """The Debian archive that this machine uses; nothing, and so debootstrap's own choice, where it names none."""
    for path in (*Path("/etc/apt/sources.list.d").glob("*.sources"), Path("/etc/apt/sources.list")):
        for line in path.read_text(encoding="utf-8").splitlines() if path.exists() else ():
            words = line.split()
            if words[:1] in (["URIs:"], ["deb"]):
                found = next((word for word in words if "://" in word), None)
                if found and "security" not in found:
                    return [found]
    return []


def pip_settings() -> str:
    """What pip is told here, by files and by the environment, as one file."""
    lines = ["[global]"]
    for name, value in _told():
        lines.append(f"{name} = {value}")
    return "\n".join(lines) + "\n"


def pip_places() -> list[str]:
    """Files and folders of this machine that those settings name."""
    return [value for name, value in _told() if name in ("cert", "find-links") and Path(value).exists()]


def _told() -> list[tuple[str, str]]:
    answer = subprocess.run(
        [sys.executable, "-m", "pip", "config", "list"], capture_output=True, text=True, check=False
    ).stdout
    told: dict[str, str] = {}
    for line in answer.splitlines():
        name, _, value = line.partition("=")
        told[name.rpartition(".")[2]] = value.strip("'\"")  # :env: comes last and wins, as for pip itself
    return list(told.items())


def _run(command: Sequence[str]) -> None:
    ended = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    if ended.returncode != 0:
        raise Refused(f"{' '.join(command[:6])} … failed:\n{ended.stdout.strip()[-2_000:]}")


def main(names: Iterable[str]) -> int:
    """Build the images of these names, all without any. Returns the exit code."""
    wanted = set(names)
    images = [image for image in listed() if not wanted or image.name in wanted]
    if unknown := wanted - {image.name for image in images}:
        known = ", ".join(image.name for image in listed())
        print(f"✗ docker-compose.yml builds no {', '.join(sorted(unknown))}. There are: {known}.", file=sys.stderr)
        return 2
    if reason := missing():
        print(f"✗ {reason}.", file=sys.stderr)
        return 1
    builder = Builder(cache() / "images")
    try:
        builder.make_base()
        for image in images:
            builder.build(image)
            print(f"✓ localhost/{image.name}  {builder.size(image.name)}", flush=True)
    except Refused as refusal:
        print(f"✗ {refusal}", file=sys.stderr)
        return 1
    print(f"In the store {builder.folder}: {' '.join(builder.buildah('images')[:5])} images")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
