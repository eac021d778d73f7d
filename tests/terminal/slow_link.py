"""Links that take their time: a relay of the tests' own, and the system's emulator where the machine has it."""

from __future__ import annotations

import asyncio
import os
import shutil
import socket
import subprocess
import threading
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import TracebackType
    from typing import Self


class SlowRelay:
    """Hands on what goes to a port of this machine, and what comes back, each after a delay and in order.

    `requests` counts how often something came from the learner's side after the other side had spoken: the round
    trips that the work has taken so far.
    """

    def __init__(self, port: int, one_way: float) -> None:
        """Relay to a port; one_way is the delay in seconds in each direction."""
        self.port = _free_port()
        self.requests = 0
        self._to = port
        self._one_way = one_way
        self._ready = threading.Event()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve()), daemon=True)
        self._writers: list[asyncio.StreamWriter] = []

    def __enter__(self) -> Self:
        self._thread.start()
        self._ready.wait()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._loop.call_soon_threadsafe(self._ended.set)
        self._thread.join()

    async def _serve(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._ended = asyncio.Event()
        server = await asyncio.start_server(self._relay, "127.0.0.1", self.port)
        self._ready.set()
        await self._ended.wait()
        server.close()
        for writer in self._writers:
            writer.close()
            with suppress(OSError):
                await writer.wait_closed()

    async def _relay(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        far_reader, far_writer = await asyncio.open_connection("127.0.0.1", self._to)
        self._writers += (writer, far_writer)
        far_side_has_spoken = [True]
        with suppress(asyncio.CancelledError):  # the end of the relay
            await asyncio.gather(
                self._hand_on(reader, far_writer, far_side_has_spoken, upwards=True),
                self._hand_on(far_reader, writer, far_side_has_spoken, upwards=False),
            )

    async def _hand_on(
        self,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        far_side_has_spoken: list[bool],
        *,
        upwards: bool,
    ) -> None:
        def deliver(data: bytes) -> None:
            if not data:
                writer.close()
            elif not writer.is_closing():
                writer.write(data)

        while True:
            data = b""
            with suppress(OSError):
                data = await reader.read(65_536)
            if upwards and data:
                self.requests += far_side_has_spoken[0]
            far_side_has_spoken[0] = not upwards
            self._loop.call_later(self._one_way, deliver, data)
            if not data:
                return


class EmulatedLink:
    """A network of its own, with the system's delay and loss on it. `prefix` starts a program inside it."""

    def __init__(self, one_way_milliseconds: int, loss_percent: int) -> None:
        """Make the network; `missing` tells why there is none, and is empty where there is one."""
        self._name = f"gdtutor-{os.getpid()}"
        self.prefix = ("ip", "netns", "exec", self._name)
        self.missing = self._make(one_way_milliseconds, loss_percent)

    def remove(self) -> None:
        """Take the network away."""
        if shutil.which("ip"):
            subprocess.run(["ip", "netns", "del", self._name], stderr=subprocess.DEVNULL, check=False)

    def _make(self, delay: int, loss: int) -> str:
        if not (shutil.which("ip") and shutil.which("tc")):
            return "no ip and tc on this machine (Debian: iproute2)"
        for command in (
            ["ip", "netns", "add", self._name],
            [*self.prefix, "ip", "link", "set", "lo", "up"],
            [
                *self.prefix,
                "tc",
                "qdisc",
                "add",
                "dev",
                "lo",
                "root",
                "netem",
                "delay",
                f"{delay}ms",
                "loss",
                f"{loss}%",
            ],
        ):
            done = subprocess.run(command, capture_output=True, text=True, check=False)
            if done.returncode:
                self.remove()
                return f"the machine emulates no link: {' '.join(command)}: {done.stderr.strip()}"
        return ""


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])
