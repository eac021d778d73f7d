"""A real SSH server of the tests' own: on the loopback address, a free port, with keys that are thrown away."""

from __future__ import annotations

import getpass
import os
import shutil
import signal
import socket
import subprocess
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from processes import descendants

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import TracebackType
    from typing import Self

SSHD = shutil.which("sshd", path=f"{os.environ['PATH']}:/usr/sbin:/usr/local/sbin")
_PATIENCE = 10.0


class SshServer:
    """Runs sshd while a with statement lasts. `command` logs in and runs a program in a terminal."""

    def __init__(self, folder: Path, prefix: Sequence[str] = ()) -> None:
        """Make the keys and the configuration in a folder that nobody else can write to.

        prefix is what starts a program in the network where the server shall be.
        """
        self._folder = folder
        self._prefix = prefix
        folder.mkdir(mode=0o700)
        for name in ("host", "user"):
            subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", folder / name], check=True)
        self.port = _free_port()
        public = (folder / "host.pub").read_text()
        (folder / "known_hosts").write_text(f"[127.0.0.1]:{self.port} {public}")
        (folder / "sshd_config").write_text(
            f"ListenAddress 127.0.0.1\nPort {self.port}\nHostKey {folder / 'host'}\n"
            f"AuthorizedKeysFile {folder / 'user.pub'}\nPidFile {folder / 'pid'}\n"
            "PasswordAuthentication no\nKbdInteractiveAuthentication no\nPermitRootLogin prohibit-password\n"
            "StrictModes no\nUsePAM no\nAcceptEnv LANG GDTUTOR_HOME\nPrintMotd no\n"
        )
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        if os.geteuid() == 0:
            Path("/run/sshd").mkdir(mode=0o755, exist_ok=True)
        self._process = subprocess.Popen(
            [*self._prefix, str(SSHD), "-D", "-e", "-f", self._folder / "sshd_config"], stderr=subprocess.DEVNULL
        )
        self._wait_until_it_listens()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.cut_connections()
        if self._process is not None:
            self._process.terminate()
            self._process.wait(_PATIENCE)

    def command(self, remote: str, port: int | None = None) -> list[str]:
        """Return the command that logs in and runs something in a terminal of its own.

        port is where the login goes, if not to the server itself.
        """
        return [
            *self._prefix, "ssh", "-tt", "-q", "-p", str(port or self.port), "-i", str(self._folder / "user"),
            "-o", f"UserKnownHostsFile={self._folder / 'known_hosts'}", "-o", "IdentitiesOnly=yes",
            "-o", f"HostKeyAlias=[127.0.0.1]:{self.port}",
            "-o", "SendEnv=LANG GDTUTOR_HOME", "-F", "none", f"{getpass.getuser()}@127.0.0.1", remote,
        ]  # fmt: skip

    def descendants(self) -> list[int]:
        """Return the processes that the server has started, and theirs."""
        return descendants(self._process.pid) if self._process else []

    def cut_connections(self) -> None:
        """Kill what serves the connections, as a broken link does: nobody says good-bye."""
        for child in self.descendants():
            if Path(f"/proc/{child}/comm").read_text().startswith("sshd"):
                with suppress(ProcessLookupError):
                    os.kill(child, signal.SIGKILL)

    def _wait_until_it_listens(self) -> None:
        end = time.monotonic() + _PATIENCE
        while time.monotonic() < end:
            if self._listens():
                return
            time.sleep(0.05)
        raise AssertionError("the SSH server does not answer")

    def _listens(self) -> bool:
        if self._prefix:  # another network cannot be looked into from here
            listing = subprocess.run([*self._prefix, "ss", "-Hltn"], capture_output=True, text=True, check=True)
            return f":{self.port} " in listing.stdout
        with suppress(OSError), socket.create_connection(("127.0.0.1", self.port), timeout=1):
            return True
        return False


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])
