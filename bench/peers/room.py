"""A workshop over the real protocol: a facilitator and the people in the room, each over a connection of their own; a process of its own.

Reads a `Plan` from its standard input and writes what came of it, a `Told`, to its standard output.
"""

import asyncio
import json
import re
import resource
import sys
import time
from collections import Counter
from dataclasses import asdict, dataclass
from random import Random
from typing import NamedTuple

import websockets
from peers.visitor import AppError, Node, Visitor

COUNT = re.compile(r"^## ([\d,]+) / ([\d,]+)$")
LOOK = 0.2
"""Seconds between two looks at whether the page has something new; the page's own timers say when it asks the server."""
TROUBLE = (AppError, TimeoutError, OSError, KeyError, websockets.WebSocketException)


class Voted(NamedTuple):
    """A vote that was acknowledged."""

    person: int
    question: str
    choice: int
    """The place of the chosen option, from 0."""
    seconds: float
    """From choosing it until the page said that it counts."""
    at: float
    """When it said so, in seconds since the beginning."""
    round: int


class Seen(NamedTuple):
    """What the facilitator's screen said at a moment."""

    at: float
    count: int
    round: int


@dataclass(frozen=True)
class Plan:
    """What happens."""

    url: str
    leader: str
    """The private link of the assessment."""
    seats: list[str]
    joining: float
    """Seconds in which everybody comes."""
    spans: list[float]
    """Of each question, the seconds within which everybody votes."""


@dataclass
class Told:
    """What came of it."""

    votes: list[Voted]
    seen: list[Seen]
    errors: dict[str, int]
    arrivals: list[float]
    cpu: float
    """Seconds of processor time of the people themselves."""


class Room:
    """The people of a plan."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.begin = time.perf_counter()
        self.told = Told([], [], {}, [], 0.0)
        self.errors: Counter[str] = Counter()
        self.round = 0
        """The question that is voted on, from 1; 0 before the first."""
        self.opened = 0.0
        self.over = False

    async def run(self) -> Told:
        """Let everybody come, vote on each question, and go."""
        people = [self._safely(self._person(number)) for number in range(len(self.plan.seats))]
        await asyncio.gather(self._safely(self._leader()), *people)
        used = resource.getrusage(resource.RUSAGE_SELF)
        self.told.errors, self.told.cpu = dict(self.errors), used.ru_utime + used.ru_stime
        return self.told

    def now(self) -> float:
        """Return the seconds since the beginning."""
        return time.perf_counter() - self.begin

    async def _safely(self, doing: "asyncio.Future[None] | object") -> None:
        try:
            await doing  # type: ignore[misc]
        except TROUBLE as error:
            self.errors[f"{type(error).__name__}: {error}"[:200]] += 1

    async def _leader(self) -> None:
        plan = self.plan
        try:
            async with Visitor(plan.url, query=f"a={plan.leader}&lang=en") as visitor:
                await visitor.arrive("workshop")
                visitor.check()
                await self._watch(visitor, plan.joining + 5)
                for number, span in enumerate(plan.spans, start=1):
                    key = "begin" if number == 1 else "next-topic"
                    await visitor.press(_button(visitor, key))
                    self.round, self.opened = number, self.now()
                    await self._watch(visitor, span + 6)
                    await visitor.press(_button(visitor, "reveal"))
                    visitor.check()
                    await self._watch(visitor, 3)
        finally:
            self.over = True

    async def _watch(self, visitor: Visitor, seconds: float) -> None:
        """Look at the count as the page brings it."""
        end = self.now() + seconds
        while self.now() < end:
            await visitor.think(LOOK)
            for node in visitor.shown("markdown"):
                found = COUNT.match(node.proto.body.strip())
                if found:
                    self.told.seen.append(Seen(self.now(), int(found[1].replace(",", "")), self.round))

    async def _person(self, number: int) -> None:
        plan, dice = self.plan, Random(number)
        await asyncio.sleep(plan.joining * number / len(plan.seats))
        async with Visitor(plan.url, query=f"w={plan.seats[number]}&lang=en") as visitor:
            self.told.arrivals.append((await visitor.arrive("join")).seconds)
            visitor.check()
            for round_, span in enumerate(plan.spans, start=1):
                while self.round < round_ and not self.over:
                    await visitor.think(LOOK)
                await visitor.think(max(0.0, self.opened + dice.uniform(0, span) - self.now()))
                ballot = None
                while not self.over and self.round == round_ and (ballot := _ballot(visitor, round_)) is None:
                    await visitor.think(LOOK)
                if ballot is None:
                    continue
                choice = dice.randrange(len(ballot.proto.options))
                run = await visitor.choose(ballot, ballot.proto.options[choice])
                visitor.check()
                if any("Your vote counts" in node.proto.body for node in visitor.shown("markdown")):
                    question = ballot.key.split("-1-en-")[0].removeprefix("choice-vote-")
                    self.told.votes.append(Voted(number, question, choice, run.seconds, self.now(), round_))
                else:
                    self.errors["not acknowledged"] += 1
            while not self.over:
                await visitor.think(LOOK)


def _button(visitor: Visitor, key: str) -> Node:
    return next(node for node in visitor.shown("button") if node.key == key)


def _ballot(visitor: Visitor, round_: int) -> Node | None:
    """Return the ballot on the page, if it is one that nothing is chosen on."""
    found = next((node for node in visitor.shown("radio") if node.key.startswith("choice-vote-")), None)
    return found if found is not None and visitor.chosen(found) is None else None


if __name__ == "__main__":
    room = Room(Plan(**json.load(sys.stdin)))
    json.dump(asdict(asyncio.run(room.run())), sys.stdout)
