"""The whole of Lumbung on one machine: engines, users, topics, houses, in this order.

`./lumbung up` holds one under the home `.lumbung/`; tests and `make demo` make one in a folder of their own on free
ports. The engines come up side by side, the houses when both are ready.
"""

import os
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent import futures
from dataclasses import dataclass, replace

from deploy import broker, topics
from deploy.local import answers, archive, jars, java, mongo, ports, proxy, space, state
from deploy.local.folders import Home, cache
from deploy.local.houses import CONSOLE, HOUSES, ROLES, SIGNIN, base_environment, front, program
from deploy.local.kafka import CONTROLLER, Broker
from deploy.local.ports import Ports
from deploy.local.problems import Fault
from deploy.local.site import Existing, Site
from deploy.local.supervisor import Program, Supervisor, Tell

ENGINES_SECONDS = 120
HOUSES_SECONDS = 120
PROXY_SECONDS = 30


@dataclass(frozen=True, slots=True)
class Step:
    """A part of the start that is done, with the seconds it took: for the person who waits."""

    what: str
    seconds: float


class Stack(Site):
    """A site that runs. Use it as a context: what it started is stopped at the end, whatever happened.

    `engine` takes the place of the MongoDB that would be found; `tell(name, line)` hears what processes write, `news`
    when one died, and `step` each finished part of the start. A `throw_away` folder is not worth a polite end.
    """

    def __init__(
        self,
        *,
        home: Home,
        ports: Ports,
        existing: Existing | None = None,
        engine: mongo.Engine | None = None,
        houses: Sequence[str] = HOUSES,
        environ: Mapping[str, str] = os.environ,
        tell: Tell = lambda name, line: None,
        news: Tell | None = None,
        step: Callable[[Step], None] = lambda step: None,
        fetched: jars.Report = lambda done, total: None,
        throw_away: bool = False,
    ) -> None:
        super().__init__(home=home, ports=ports, existing=existing, engine=engine, houses=houses, environ=environ)
        self._environ = environ
        self._step = step
        self._fetched = fetched
        self.lasting = not throw_away
        self._since = time.strftime("%Y-%m-%d %H:%M:%S")
        self._ready = False
        self._proxied = False
        self.supervisor = Supervisor(logs=home.logs, tell=tell, news=news, changed=self._write_state)

    def __enter__(self) -> "Stack":
        return self

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        cause = space.cause_of(error, self.home.path) if isinstance(error, Fault) else error
        self.stop()
        if cause is not None and cause is not error:
            raise cause from error

    def check_ports(self) -> None:
        """Raises Fault for the first port of a house that is taken."""
        work = [f"{house}_work" for house in self.houses]
        ports.check_free({name: self.ports.named()[name] for name in (*self.houses, CONSOLE, SIGNIN, *work)})

    def start_engines(self) -> None:
        """Kafka and MongoDB side by side, then users, topics and rights. Raises Fault when one cannot be had."""
        space.check(self.home.path)
        self.home.open_sockets()
        wanted = {} if self.existing.kafka else {"kafka": self.ports.kafka, "controller": self.ports.controller}
        ports.check_free(wanted if self.existing.mongodb else {**wanted, "mongodb": self.ports.mongodb})
        with futures.ThreadPoolExecutor(max_workers=2) as pool:
            starting = [pool.submit(self._start_kafka), pool.submit(self._start_mongodb)]
            try:
                done, _ = futures.wait(starting, return_when=futures.FIRST_EXCEPTION)
                for one in done:
                    one.result()
            except BaseException:
                self.supervisor.stop(kill=not self.lasting)  # the other one need not become ready any more
                raise

    def start_houses(self, houses: Sequence[str] | None = None, *, console: bool = False) -> None:
        """The processes of the houses, all at once; back when every /readyz says so. Raises Fault when one does not.

        `console`: with them the pages for people, and the development sign-in.
        """
        began = time.monotonic()
        houses = houses or self.houses
        self._start_proxy()
        _ = self.issuer  # makes the key set, which houses read when they start
        self.supervisor.start(
            [
                program(house=house, role=role, port=port, environment=self.environment(house))
                for house in houses
                for role, port in zip(ROLES, (self.ports.named()[house], self.ports.work(house)), strict=True)
            ]
            + (self._fronts() if console else []),
            seconds=HOUSES_SECONDS,
        )
        self._ready = True
        self._write_state()
        self._step(Step(f"{len(houses)} houses{' and the console' * console}", time.monotonic() - began))

    def start_console(self) -> None:
        """The pages for people, and the development sign-in. Raises Fault when one does not get ready."""
        began = time.monotonic()
        self._start_proxy()
        self.supervisor.start(self._fronts(), seconds=HOUSES_SECONDS)
        self._write_state()
        self._step(Step("the console", time.monotonic() - began))

    def _fronts(self) -> list[Program]:
        ports.check_free({SIGNIN: self.ports.named()[SIGNIN]})
        return [
            front(name, port=self.ports.named()[name], environment=self.front_environment(name))
            for name in (SIGNIN, CONSOLE)
        ]

    def _start_proxy(self) -> None:
        """What stands in front of all houses and the console, once: their ports are its own."""
        if not self._proxied:
            self.home.open_sockets()
            ports.check_free({name: self.ports.named()[name] for name in self.fronted})
            self.supervisor.start([proxy.program(self)], seconds=PROXY_SECONDS)
            self._proxied = True

    def stop(self) -> None:
        """End everything that was started. Can be called twice."""
        self.supervisor.stop(kill=not self.lasting)
        self.home.close_sockets()
        state.forget(self.home)

    def _has_room(self) -> bool:
        return space.enough(self.home.path)

    def _start_kafka(self) -> None:
        began = time.monotonic()
        if not self.existing.kafka:
            found = java.find(self._environ)
            kafka = jars.ensure(cache=cache(self._environ), environ=self._environ, report=self._fetched)
            node = Broker(
                java=found,
                jars=kafka,
                data=self.home.kafka,
                port=self.ports.kafka,
                controller_port=self.ports.controller,
                admin=self.admin,
                controller=self.secrets.credentials("kafka", CONTROLLER),
                tls=self.tls,
                archive=archive.of(found, kafka),
            )
            node.prepare()
            self.supervisor.start(
                [
                    Program(
                        name="kafka",
                        command=node.command(),
                        environment=base_environment(self._environ),
                        folder=self.home.kafka,
                        port=self.ports.kafka,
                        ready=lambda: ports.answers(self.ports.kafka),
                        answers=answers.kafka(self.ports.kafka, ca=self.tls.ca if self.tls else None),
                        may_start=self._has_room,
                    )
                ],
                seconds=ENGINES_SECONDS,
            )
        made = apply_topics(self)
        name = f"Kafka at {self.bootstrap}" if self.existing.kafka else f"Apache Kafka {jars.VERSION}"
        new = f", {len(made.topics)} topics made" if made.topics else ""
        self._step(Step(name + new, time.monotonic() - began))

    def _start_mongodb(self) -> None:
        began = time.monotonic()
        if self.existing.mongodb:
            self.engine = replace(self.engine, version=mongo.check_existing(self.existing.mongodb))
        else:
            self.mongodb.prepare()
            self.supervisor.start(
                [
                    Program(
                        name="mongodb",
                        command=self.mongodb.command(),
                        environment={**base_environment(self._environ), **self.mongodb.engine.environment},
                        folder=self.mongodb.folder,
                        port=self.ports.mongodb,
                        ready=self.mongodb.ready,
                        answers=answers.mongodb(self.mongodb.admin_uri),
                        may_start=self._has_room,
                    )
                ],
                seconds=ENGINES_SECONDS,
            )
        self._step(Step(self.engine.label, time.monotonic() - began))

    def _write_state(self) -> None:
        if not self.lasting:
            return
        state.write(
            self.home,
            state.State(
                pid=os.getpid(),
                since=self._since,
                mongodb=self.engine.label,
                kafka=f"Kafka at {self.bootstrap}" if self.existing.kafka else f"Apache Kafka {jars.VERSION}",
                ready=self._ready,
                ports=self.ports.named(),
                urls=self.addresses,
                processes=[
                    state.Process(
                        name=one.name, pid=one.pid, began=state.began(one.pid), port=one.port, starts=one.starts
                    )
                    for one in self.supervisor.running()
                    if one.pid is not None
                ],
            ),
        )


def apply_topics(site: Site) -> broker.Made:
    """Make the broker of a site agree with topics.yaml. Raises Fault when it cannot."""
    try:
        return broker.apply(site.kafka_admin, topics.load(), site.principals)
    except broker.Disagrees as refusal:
        raise Fault(
            str(refusal), "Topics never change their number of partitions: ./lumbung reset starts over."
        ) from refusal
    except broker.KafkaError as error:
        raise Fault(
            f"Kafka at {site.bootstrap} does not let us make topics: {error}.",
            "Is it running (./lumbung status), and are KAFKA_USERNAME and KAFKA_PASSWORD its superuser's?",
        ) from error
