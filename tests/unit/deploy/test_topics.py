"""topics.yaml as rights: the owner writes, the listeners read, and nobody may do more."""

from pathlib import Path

from deploy import topics
from deploy.topics import Right, Topic

COURSES = Topic(name="training.courses.v1", owner="training", listeners=("matching",), partitions=6)
CANDIDATES = Topic(name="registry.candidates.v1", owner="registry", listeners=("training", "matching"), partitions=6)


def test_the_owner_may_write_and_the_listeners_may_read() -> None:
    given = topics.rights([COURSES])
    assert Right("training", "TOPIC", COURSES.name, "WRITE") in given
    assert Right("matching", "TOPIC", COURSES.name, "READ") in given
    assert Right("matching", "TOPIC", COURSES.name, "WRITE") not in given


def test_a_house_that_is_not_named_gets_no_right_on_a_topic() -> None:
    on_courses = {right.house for right in topics.rights([COURSES, CANDIDATES]) if right.name == COURSES.name}
    assert on_courses == {"training", "matching"}


def test_each_house_has_one_group_and_one_transactional_id_of_its_name() -> None:
    others = {right for right in topics.rights([COURSES, CANDIDATES]) if right.resource != "TOPIC"}
    assert {right.name for right in others if right.house == "training"} == {
        "lumbung.training",
        "lumbung.training.relay",
    }
    assert all(right.name.split(".")[1] == right.house for right in others)


def test_every_topic_is_compacted_has_six_partitions_and_forgets_erased_data_within_a_day() -> None:
    for topic in topics.load():
        assert topic.partitions == 6, topic.name
        assert topic.config["cleanup.policy"] == "compact", topic.name
        assert int(topic.config["max.compaction.lag.ms"]) == 24 * 3600 * 1000, topic.name


def test_an_entry_of_its_own_overrides_a_default(tmp_path: Path) -> None:
    page = tmp_path / "topics.yaml"
    page.write_text(
        "defaults: {partitions: 6, config: {cleanup.policy: compact, unclean.leader.election.enable: false}}\n"
        "topics:\n"
        "  a.b.v1: {owner: a, listeners: [], partners: false, partitions: 1, config: {cleanup.policy: delete}}\n"
    )
    (topic,) = topics.load(page)
    assert topic.partitions == 1
    assert topic.config == {"cleanup.policy": "delete", "unclean.leader.election.enable": "false"}
