"""The folder of a broker is formatted once, and nobody who lists processes reads its superuser's password."""

import os
import stat
from dataclasses import replace
from pathlib import Path

import pytest

from deploy.local import archive
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


def test_a_broker_starts_with_its_classes_ready_where_they_are(tmp_path: Path) -> None:
    broker = a_broker(tmp_path, "exit 0")
    there = replace(broker, archive=tmp_path / "kafka.jsa")
    assert there.command() == broker.command()
    (tmp_path / "kafka.jsa").touch()
    assert f"-XX:SharedArchiveFile={tmp_path}/kafka.jsa" in there.command()


def test_another_java_or_other_jars_have_an_archive_of_their_own(tmp_path: Path) -> None:
    java = a_broker(tmp_path, "exit 0").java
    first = archive.of(java, tmp_path / "jars")
    assert first == archive.of(java, tmp_path / "jars") != archive.of(java, tmp_path / "other")
    (tmp_path / "java").write_text("#!/bin/sh\nexit 1\n")
    os.utime(tmp_path / "java", (1, 1))
    assert archive.of(java, tmp_path / "jars") != first


def test_where_no_archive_can_be_made_nothing_is_broken(tmp_path: Path) -> None:
    java = a_broker(tmp_path, "echo no >&2; exit 1").java
    assert not archive.ensure(java, tmp_path / "jars")
    assert [path.name for path in tmp_path.iterdir()] == ["java"]
