"""The folder of a broker is formatted once, and nobody who lists processes reads its superuser's password."""

import stat
from pathlib import Path

import pytest

from deploy.local.java import Java
from deploy.local.kafka import Broker
from deploy.local.problems import Fault
from deploy.local.secrets import Credentials

PASSWORD = "kata-sandi-rahasia"


def a_broker(folder: Path, java: str) -> Broker:
    """A broker whose Java is a shell script."""
    script = folder / "java"
    script.write_text(f"#!/bin/sh\n{java}\n")
    script.chmod(0o700)
    return Broker(
        java=Java(path=script, version=17, origin="PATH"),
        jars=folder,
        data=folder / "data",
        port=1,
        controller_port=2,
        admin=Credentials("admin", PASSWORD),
        controller=Credentials("controller", "x"),
    )


def test_the_password_is_on_no_command_line_and_in_no_file_that_stays(tmp_path: Path) -> None:
    seen = tmp_path / "seen"
    broker = a_broker(
        tmp_path,
        f"""
        echo "$@" > {seen}
        for one; do last=${{one#@}}; done
        stat -c %a "$last" >> {seen}
        cat "$last" > {seen}.file""",
    )
    broker.prepare()
    line, mode = seen.read_text().splitlines()
    assert PASSWORD not in line
    assert mode == "600"
    assert f"SCRAM-SHA-256=[name=admin,password={PASSWORD}]" in (tmp_path / "seen.file").read_text()
    left = [path for path in (tmp_path / "data").iterdir() if PASSWORD in path.read_text()]
    assert [path.name for path in left] == ["server.properties"]
    assert stat.S_IMODE(left[0].stat().st_mode) == 0o600


def test_a_folder_that_cannot_be_formatted_leaves_no_password_behind(tmp_path: Path) -> None:
    with pytest.raises(Fault, match="no space"):
        a_broker(tmp_path, "echo no space >&2; exit 1").prepare()
    assert not (tmp_path / "data" / "format.arguments").exists()
