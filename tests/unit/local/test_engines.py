"""Which MongoDB is taken: what the person names, then the best that is there."""

from pathlib import Path

import pytest

from deploy.local import mongo
from deploy.local.folders import ROOT
from deploy.local.mongo import Engine, Server
from deploy.local.problems import Fault
from deploy.local.secrets import Credentials


def binary(folder: Path, name: str, says: str) -> None:
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_text(f"#!/bin/sh\necho '{says}'\n")
    path.chmod(0o755)


def test_a_named_server_comes_before_everything(tmp_path: Path) -> None:
    binary(tmp_path, "mongod", "db version v8.0.4")
    found = mongo.find({"MONGODB_URI": "mongodb://db.example:27017/", "PATH": str(tmp_path)})
    assert (found.kind, found.uri) == ("existing", "mongodb://db.example:27017/")


def test_mongod_comes_before_the_rust_server_and_that_before_the_packaged_one(tmp_path: Path) -> None:
    binary(tmp_path, "mongod", "db version v8.0.4")
    binary(tmp_path, "secantusd-rs", "secantusd-rs 0.5.3-beta.196")
    kinds = [engine.kind for engine in mongo.present({"PATH": str(tmp_path)})]
    assert kinds == ["mongod", "secantusd-rs", "secantusd-py"]
    assert mongo.find({"PATH": str(tmp_path)}).label == "MongoDB 8.0.4 (mongod)"


@pytest.mark.parametrize("banner", ["db version v6.0.14", "db version v9.1.0", "something else"])
def test_a_mongod_that_is_not_7_or_8_is_passed_over(tmp_path: Path, banner: str) -> None:
    binary(tmp_path, "mongod", banner)
    assert mongo.find({"PATH": str(tmp_path)}).kind == "secantusd-py"


def test_the_packaged_one_is_named_with_its_version(tmp_path: Path) -> None:
    assert mongo.find({"PATH": str(tmp_path)}).label == "SecantusDB 0.7.0b3 (secantusd-py)"


def a_server(kind: str, folder: Path) -> Server:
    return Server(
        engine=Engine(kind=kind, version="8.0.4", binary=Path("/usr/bin") / kind),
        folder=folder,
        port=27017,
        keyfile=folder / "keyfile",
        admin=Credentials("admin", "a"),
        houses={"registry": Credentials("registry", "r")},
    )


def test_only_the_start_that_makes_users_is_without_sign_in(tmp_path: Path) -> None:
    server = a_server("secantusd-py", tmp_path)
    assert "--auth" in server.command()
    assert "--auth" not in server.command(authorised=False)


def test_mongod_runs_as_a_replica_set_with_a_key_file(tmp_path: Path) -> None:
    command = a_server("mongod", tmp_path).command()
    assert command[command.index("--replSet") + 1] == "lumbung"
    assert command[command.index("--keyFile") + 1] == str(tmp_path / "keyfile")
    limit = command[command.index("--setParameter") + 1]
    started = (ROOT / "deploy/containers/mongo/start.sh").read_text(encoding="utf-8")
    assert f"--setParameter {limit} " in started, "containers and laptops give up a dead transaction equally soon"


def test_a_house_is_sent_to_its_own_database_and_signs_in_there(tmp_path: Path) -> None:
    uri = a_server("secantusd-py", tmp_path).uri("registry")
    assert uri.startswith("mongodb://registry:r@127.0.0.1:27017/lumbung_registry?")
    assert "authSource=lumbung_registry" in uri
    assert "replicaSet" not in uri


def test_a_named_server_that_does_not_answer_is_explained() -> None:
    with pytest.raises(Fault, match="does not answer"):
        mongo.check_existing("mongodb://127.0.0.1:9/", patience_ms=200)


def test_an_address_that_is_none_is_explained() -> None:
    with pytest.raises(Fault, match="MONGODB_URI is no address"):
        mongo.check_existing("postgres://127.0.0.1/")
