"""No cluster runs here. What can be proved without one: schemas, references that meet, step with docker-compose.yml."""

import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import kubernetes_validate
import pytest
import yaml

from deploy import images, proxy, topics
from shared.files.limits import MOST_MEMORY
from shared.http import sizes

ROOT = Path(__file__).resolve().parents[3]
FOLDER = ROOT / "deploy/kubernetes"
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))["services"]
CHOICES: dict[str, Any] = yaml.safe_load((FOLDER / "kustomization.yaml").read_text(encoding="utf-8"))
MANIFESTS: list[dict[str, Any]] = [
    one for file in CHOICES["resources"] for one in yaml.safe_load_all((FOLDER / file).read_text(encoding="utf-8"))
]
HOUSES = topics.houses(topics.load())
# Where the cluster's Kafka is reached by TLS, which compose's own does not speak.
OF_THE_CLUSTER = {"KAFKA_MECHANISM", "KAFKA_CA_FILE"}
OURS = {name for name, service in COMPOSE.items() if service["image"].startswith("lumbung-")}


def named(one: dict[str, Any]) -> str:
    return f"{one['kind']}/{one['metadata']['name']}"


def of_kind(*kinds: str) -> dict[str, dict[str, Any]]:
    return {one["metadata"]["name"]: one for one in MANIFESTS if one["kind"] in kinds}


WORKLOADS = of_kind("Deployment", "Job")


def container(name: str) -> dict[str, Any]:
    (only,) = WORKLOADS[name]["spec"]["template"]["spec"]["containers"]
    return dict(only)


def settings(file: str) -> dict[str, str]:
    lines = (FOLDER / file).read_text(encoding="utf-8").splitlines()
    return dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))


def environment(name: str) -> set[str]:
    """Every setting that a container gets, from wherever."""
    one = container(name)
    found = {entry["name"] for entry in one.get("env", ())}
    for source in one.get("envFrom", ()):
        for kind, generators in (("configMapRef", "configMapGenerator"), ("secretRef", "secretGenerator")):
            if kind in source:
                (made,) = [made for made in CHOICES[generators] if made["name"] == source[kind]["name"]]
                found |= {
                    setting
                    for file in made["envs"]
                    for setting in settings(file.replace("secrets/", "secrets.example/"))
                }
    return found


@pytest.mark.parametrize("one", MANIFESTS, ids=named)
def test_a_manifest_keeps_to_the_schema_of_kubernetes(one: dict[str, Any]) -> None:
    kubernetes_validate.validate(one, "1.31", strict=True)


def test_every_process_of_compose_runs_here_and_no_other() -> None:
    assert set(WORKLOADS) == OURS


@pytest.mark.parametrize("name", sorted(OURS))
def test_a_process_is_told_what_compose_tells_it(name: str) -> None:
    here, there = container(name), COMPOSE[name]
    assert here["image"] == there["image"]
    if "command" in there:
        assert here["command"] == there["command"]
    extra = OF_THE_CLUSTER if "KAFKA_BOOTSTRAP" in environment(name) else set()
    if name == "proxy":
        extra = {"PROXY_RESOLVER"}
    assert environment(name) == set(there["environment"]) | extra


@pytest.mark.parametrize("house", HOUSES)
def test_a_house_signs_in_as_itself_with_its_own_secret(house: str) -> None:
    for role in ("web", "work"):
        sources = container(f"{house}-{role}")["envFrom"]
        assert [one["secretRef"]["name"] for one in sources if "secretRef" in one] == [house]
        values = {entry["name"]: entry["value"] for entry in container(f"{house}-{role}")["env"]}
        compose = COMPOSE[f"{house}-{role}"]["environment"]
        assert values == {name: compose[name] for name in values}
    assert settings(f"secrets.example/{house}.env")["MONGODB_URI"].startswith(f"mongodb://{house}:")


@pytest.mark.parametrize("name", sorted(OURS))
def test_a_process_may_do_as_little_as_in_compose(name: str) -> None:
    pod = WORKLOADS[name]["spec"]["template"]["spec"]
    assert pod["securityContext"]["runAsNonRoot"] and pod["securityContext"]["runAsUser"] == 10001
    assert pod["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}
    assert pod["automountServiceAccountToken"] is False
    inside = container(name)["securityContext"]
    assert inside["readOnlyRootFilesystem"] and not inside["allowPrivilegeEscalation"]
    assert inside["capabilities"] == {"drop": ["ALL"]}
    assert container(name)["resources"]["limits"]["memory"]


@pytest.mark.parametrize("name", sorted(OURS - {"kafka-setup"}))
def test_a_process_is_asked_whether_it_lives_and_keeps_its_share_when_nodes_are_emptied(name: str) -> None:
    ports = {port["name"]: port["containerPort"] for port in container(name)["ports"]}
    for probe in ("livenessProbe", "readinessProbe", "startupProbe"):
        if asked := container(name).get(probe):
            assert asked["httpGet"]["port"] in ports
    assert container(name)["livenessProbe"]["httpGet"]["path"] in ("/livez", "/-/proxy")
    budget = of_kind("PodDisruptionBudget")[name]["spec"]
    labels = WORKLOADS[name]["spec"]["template"]["metadata"]["labels"]
    assert budget["selector"]["matchLabels"] == labels
    if name.endswith("-work"):
        assert budget["maxUnavailable"] == 1, "of one process none need stay, or no node could be emptied"
        assert ports == {"metrics": 9100}
    else:
        assert WORKLOADS[name]["spec"]["replicas"] == 2 and budget["minAvailable"] == 1
        assert container(name)["readinessProbe"]


@pytest.mark.parametrize(
    "name", [f"{house}-{process}" for house in ("registry", "training") for process in ("web", "work")]
)
def test_whoever_reads_sheets_has_room_for_the_largest_and_for_what_is_kept_of_it(name: str) -> None:
    """Measured with 100,000 rows of forty columns: 630 MB in the child, 320 MB more in the process that asked it."""
    limit = container(name)["resources"]["limits"]["memory"]
    assert limit.endswith("Gi") and int(limit[:-2]) << 30 >= 2 * MOST_MEMORY


def test_the_proxy_has_room_for_all_bodies_that_it_takes_at_once() -> None:
    """`patience.js` holds each whole, until its house has answered: 34 MB measured for one of 33."""
    longest = [(proxy.MOST_MEGABYTES + 1) << 20, *(one.least for one in proxy.BODIES)]
    counted = sum(one.of_all * most for one, most in zip(proxy.BODIES, longest, strict=False))
    others = proxy.CONNECTIONS * longest[-1]
    limit = container("proxy")["resources"]["limits"]["memory"]
    assert limit.endswith("Gi") and int(limit[:-2]) << 30 >= 1.5 * (counted + others)
    [spool] = [one["emptyDir"] for one in WORKLOADS["proxy"]["spec"]["template"]["spec"]["volumes"]]
    assert int(spool["sizeLimit"].removesuffix("Gi")) << 30 > counted + others
    assert "/tmp:mode=1777,size=1200m" in COMPOSE["proxy"]["tmpfs"] and counted + others < 1_200 << 20


def test_what_the_proxy_takes_the_ingress_takes() -> None:
    (ingress,) = of_kind("Ingress").values()
    told = ingress["metadata"]["annotations"]["nginx.ingress.kubernetes.io/proxy-body-size"]
    assert told == f"{proxy.MOST_MEGABYTES}m" and proxy.MOST_MEGABYTES << 20 == sizes.MOST_BYTES


def test_the_proxy_reaches_every_house_by_its_full_name() -> None:
    (rows,) = [one["value"] for one in container("proxy")["env"] if one["name"] == "PROXY_HOUSES"]
    short = rows.replace(".lumbung.svc.cluster.local", "")
    assert short.split() == COMPOSE["proxy"]["environment"]["PROXY_HOUSES"].split()
    assert rows.count(".lumbung.svc.cluster.local:") == len(short.split()), "nginx knows no search domains"
    assert CHOICES["namespace"] == "lumbung"
    services = of_kind("Service")
    for row in short.split():
        _, _, address = row.split("=")
        name, port = address.split(":")
        assert [one["port"] for one in services[name]["spec"]["ports"]] == [int(port)]


def test_a_service_finds_its_pods_and_an_ingress_its_service() -> None:
    for name, service in of_kind("Service").items():
        assert service["spec"]["selector"] == WORKLOADS[name]["spec"]["template"]["metadata"]["labels"]
        ports = {port["name"] for port in container(name)["ports"]}
        assert {port["targetPort"] for port in service["spec"]["ports"]} <= ports
    (ingress,) = of_kind("Ingress").values()
    named_ports = {port["name"] for port in of_kind("Service")["proxy"]["spec"]["ports"]}
    backends = [rule["http"]["paths"][0]["backend"]["service"] for rule in ingress["spec"]["rules"]]
    assert {one["port"]["name"] for one in backends} == named_ports
    assert {rule["host"] for rule in ingress["spec"]["rules"]} == set(ingress["spec"]["tls"][0]["hosts"])


def test_nobody_is_let_in_by_default_and_no_house_by_another() -> None:
    policies = of_kind("NetworkPolicy")
    assert policies["nobody"]["spec"] == {
        "podSelector": {"matchExpressions": [{"key": "house", "operator": "Exists"}]},
        "policyTypes": ["Ingress"],
    }
    callers = policies["web-from-proxy-and-console"]["spec"]["ingress"][0]["from"]
    assert [one["podSelector"]["matchLabels"]["house"] for one in callers] == ["proxy", "console"]


def test_every_image_gets_its_tag_in_one_place() -> None:
    assert {one["name"] for one in CHOICES["images"]} == {image.name for image in images.listed()}


def test_no_secret_is_committed() -> None:
    ignored = (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()
    assert "deploy/kubernetes/secrets/" in ignored
    for file in (FOLDER / "secrets.example").iterdir():
        for name, value in settings(f"secrets.example/{file.name}").items():
            assert not value or (name == "MONGODB_URI" and ":PASSWORD@" in value)


def test_the_engines_know_every_house_and_leave_our_principals_alone() -> None:
    text = (FOLDER / "engines/kafka.yaml").read_text(encoding="utf-8")
    (pattern,) = re.findall(r'STRIMZI_IGNORED_USERS_PATTERN, value: "([^"]+)"', text)
    assert all(re.match(pattern, name) for name in (*HOUSES, "partner.si-saga"))
    assert not re.match(pattern, "admin")
    (mongodb,) = yaml.safe_load_all((FOLDER / "engines/mongodb.yaml").read_text(encoding="utf-8"))
    users = {one["name"]: one for one in mongodb["spec"]["users"]}
    assert set(users) == {*HOUSES, "console"}
    for name, user in users.items():
        assert user["db"] == f"lumbung_{name}"
        assert {role["db"] for role in user["roles"]} == {f"lumbung_{name}"}


@pytest.mark.skipif(shutil.which("kubectl") is None, reason="kubectl is not here, which would build the kustomization")
def test_kustomize_builds_all_of_it(tmp_path: Path) -> None:
    folder = tmp_path / "kubernetes"
    shutil.copytree(FOLDER, folder)
    shutil.copytree(FOLDER / "secrets.example", folder / "secrets", dirs_exist_ok=True)
    answer = subprocess.run(["kubectl", "kustomize", folder], capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stderr
    built = list(yaml.safe_load_all(answer.stdout))
    secrets = {one["metadata"]["name"] for one in built if one["kind"] == "Secret"}
    asked = set(re.findall(r"secretRef:\n\s+name: (\S+)", answer.stdout))
    assert asked <= secrets, "each is asked for by the name that ends in a hash of its content"
    for one in built:
        kubernetes_validate.validate(one, "1.31", strict=True)
        assert one["kind"] == "Namespace" or one["metadata"]["namespace"] == "lumbung"
