"""A disk that is full, locked or read-only, or no disk at all: said once, and work goes on."""

from __future__ import annotations

import asyncio
import ctypes
import functools
import os
import resource
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import traceback
import warnings
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tutor.learner import rescue
from tutor.learner.events import Event, EventMaker, Place
from tutor.learner.store import Store, open_store
from tutor.learner.transfer import TransferError, export_to
from tutor.mathematics.derivation import derive
from tutor.mathematics.problem import load_problem
from tutor.mathematics.worksheet import new_worksheet
from tutor.study.session import Session

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
PLACE = Place("lesson:4.3#2", 2, "dE/dw1", "4.3 All five gradients, page 3")
SIZE = 512 * 1024
FIVE_WEIGHTS = Path(__file__).parents[2] / "lessons" / "problems" / "five-weights.toml"


def now() -> datetime:
    return NOON


def answer(number: int) -> Event:
    return Event(f"id-{number}", NOON, "lesson:4.3#2", "answer", "dE/dw1", "520 " * 50, "correct", None, True)


def open_impatiently(folder: Path, file_system: str = "ext4") -> Store:
    return open_store(folder, now, file_system=lambda _: file_system, patience=0.05)


def left_open(folder: Path) -> list[Path]:
    """Paths below a folder that this process holds open."""
    if sys.platform != "linux":
        return []
    held = [descriptor.readlink() for descriptor in Path("/proc/self/fd").glob("*") if descriptor.is_symlink()]
    return [path for path in held if path.is_relative_to(folder)]


@pytest.fixture(autouse=True)
def nothing_left_open(tmp_path: Path) -> Iterator[None]:
    yield
    assert left_open(tmp_path) == []


class NotAllowedHereError(Exception):
    """This machine does not let a test make a disk."""


class NoSharesHereError(NotAllowedHereError):
    """This machine's system cannot give each user a share of a disk in memory."""


SKIPS = {77: "a disk that is small or read-only may not be mounted here", 78: "tmpfs knows no quota here"}


def run_apart(test: Callable[..., None], prepare: Callable[[], None]) -> Callable[..., None]:
    """Return the test to be run in a process of its own, so that nothing it changes outlives it."""

    @functools.wraps(test)
    def run(**fixtures: Any) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # of forking beside threads of a test runner
            process = os.fork()
        if process == 0:
            status = 1
            try:
                prepare()
                test(**fixtures)
                assert not any(left_open(value) for value in fixtures.values() if isinstance(value, Path))
                status = 0
            except NoSharesHereError:
                status = 78
            except NotAllowedHereError:
                status = 77
            except BaseException:  # noqa: BLE001  whatever it is, it must not go on as a second test runner
                traceback.print_exc()
            os._exit(status)
        status = os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
        if status in SKIPS:
            pytest.skip(SKIPS[status])
        assert status == 0

    return run


def take_own_mounts() -> None:
    """See to it that what this process mounts is mounted for nobody else, and ends with it."""
    if sys.platform != "linux" or shutil.which("mount") is None:
        raise NotAllowedHereError
    user, group = os.getuid(), os.getgid()
    mounts, users = 0x20000, 0x10000000
    if ctypes.CDLL(None).unshare(mounts if user == 0 else mounts | users):
        raise NotAllowedHereError
    if user:
        for name, text in (("setgroups", "deny"), ("uid_map", f"0 {user} 1"), ("gid_map", f"0 {group} 1")):
            try:
                Path("/proc/self", name).write_text(text)
            except OSError as error:
                raise NotAllowedHereError from error
    mount("--make-rprivate", "/")


def become_nobody() -> None:
    """Become a user whom permissions bind."""
    if os.getuid() == 0:
        os.setgid(65534)
        os.setuid(65534)


def with_own_mounts(test: Callable[..., None]) -> Callable[..., None]:
    return run_apart(test, take_own_mounts)


def as_nobody(test: Callable[..., None]) -> Callable[..., None]:
    return run_apart(test, become_nobody)


def mount(*arguments: str | Path) -> None:
    done = subprocess.run(["mount", *arguments], capture_output=True, check=False)
    if done.returncode:
        raise NotAllowedHereError


def mount_small_disk(folder: Path) -> Path:
    """Make a real disk with room for 512 KiB."""
    mount("-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", folder)
    return folder


def take_a_share(folder: Path, size: str) -> None:
    """Make a disk of which each user has only a share."""
    try:
        mount("-t", "tmpfs", "-o", f"size=64M,mode=777,usrquota_block_hardlimit={size}", "tmpfs", folder)
    except NotAllowedHereError as error:
        raise NoSharesHereError from error


def fill(disk: Path, leave: int) -> Path:
    """Take all room of a disk but so many bytes, and return the file to remove to get it back."""
    ballast = disk / "ballast"
    with ballast.open("wb", buffering=0) as file:
        free = os.statvfs(disk)
        file.write(bytes(max(0, free.f_bavail * free.f_frsize - leave)))
    return ballast


@contextmanager
def read_only(folder: Path) -> Iterator[None]:
    """Mount a folder over itself, so that nobody can write there."""
    mount("--bind", folder, folder)
    try:
        mount("-o", "remount,ro,bind", folder)
        yield
    finally:
        subprocess.run(["umount", folder], check=True)


@pytest.mark.parametrize("file_system", ["tmpfs", "nfs"])
@with_own_mounts
def test_a_disk_that_fills_up_while_working_loses_nothing(tmp_path: Path, file_system: str) -> None:
    small_disk = mount_small_disk(tmp_path)
    home = small_disk / "home"
    store = open_impatiently(home, file_system)
    assert store.record_with_place(answer(0), PLACE)
    ballast = fill(small_disk, leave=64 * 1024)

    kept = [store.record(answer(number)) for number in range(1, 300)]
    durable = 1 + kept.index(False)
    assert 1 < durable < 299
    assert not any(kept[durable - 1 :])
    notice = store.take_notice()
    assert notice is not None
    assert "the disk is full" in notice
    assert str(home) in notice
    assert store.take_notice() is None  # said once, for two hundred refusals
    assert store.unsaved == 300 - durable
    everything = tuple(answer(number) for number in range(300))
    assert store.events("lesson:4.3#2") == store.all_events() == everything

    with closing(sqlite3.connect(home / "learner.db")) as connection:  # what had been kept is kept
        assert connection.execute("SELECT count(*) FROM event").fetchone() == (durable,)

    ballast.unlink()
    assert store.record(answer(300))
    notice = store.take_notice()
    assert notice is not None
    assert "saved again" in notice
    assert f"{301 - durable} entries" in notice
    assert store.unsaved == 0
    assert store.record(answer(301))
    assert store.take_notice() is None
    store.close()

    again = open_impatiently(home, file_system)
    assert again.notice is None
    assert again.all_events() == tuple(answer(number) for number in range(302))
    again.close()


@with_own_mounts
def test_answers_get_their_verdicts_while_the_disk_is_full(tmp_path: Path) -> None:
    async def work() -> tuple[int, list[str]]:
        session = Session(sheet, store, EventMaker("problem:00ff", now))
        verdicts, told, durable = [], [], 0
        for number in range(60):
            reply = await session.answer("dE/dy", str(number))
            verdicts.append(reply.verdict)
            told += [notice] if (notice := session.take_notice()) else []
            durable += store.unsaved == 0
            if number == 20:
                fill(small_disk, leave=32 * 1024)
        assert [verdict == "correct" for verdict in verdicts] == [number == 26 for number in range(60)]
        return durable, told

    sheet = new_worksheet(derive(load_problem(FIVE_WEIGHTS)))
    small_disk = mount_small_disk(tmp_path)
    store = open_impatiently(small_disk / "home")
    durable, told = asyncio.run(work())
    assert 20 < durable < 60
    assert len(told) == 1
    assert "the disk is full" in told[0]
    store.close()
    assert f"{60 - durable} entries of this session could not be saved" in str(store.take_notice())
    (small_disk / "ballast").unlink()
    again = open_impatiently(small_disk / "home")
    assert [event.text for event in again.all_events()] == [str(number) for number in range(durable)]
    again.close()


@with_own_mounts
def test_an_export_to_a_full_disk_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "stick").mkdir()
    small_disk = mount_small_disk(tmp_path / "stick")
    store = open_impatiently(tmp_path / "home")
    for number in range(100):
        store.record(answer(number))
    fill(small_disk, leave=8 * 1024)
    with pytest.raises(TransferError, match="No space left"):
        export_to(small_disk / "work.jsonl", store, NOON)
    assert [path.name for path in small_disk.iterdir()] == ["ballast"]
    assert export_to(tmp_path / "work.jsonl", store, NOON) == 100
    store.close()


@with_own_mounts
def test_a_merge_for_which_there_is_no_room_takes_in_nothing(tmp_path: Path) -> None:
    small_disk = mount_small_disk(tmp_path)
    store = open_impatiently(small_disk / "home")
    assert store.record(answer(0))
    ballast = fill(small_disk, leave=64 * 1024)
    others = [replace(answer(number), recorded=number) for number in range(1, 2000)]
    assert store.merge(others, None) is None
    assert "the disk is full" in str(store.take_notice())
    assert store.all_events() == (answer(0),)
    ballast.unlink()
    assert store.merge(others[:50], None) == 50
    assert len(store.all_events()) == 51
    store.close()


@with_own_mounts
def test_a_disk_that_stays_full_is_said_again_at_the_end(tmp_path: Path) -> None:
    small_disk = mount_small_disk(tmp_path)
    store = open_impatiently(small_disk)
    fill(small_disk, leave=0)
    while store.record(answer(0)) and store.record(answer(store.unsaved + len(store.all_events()))):
        pass
    assert "the disk is full" in str(store.take_notice())
    lost = store.unsaved
    assert lost > 0
    store.close()
    assert "could not be saved" in str(store.take_notice())


@pytest.mark.parametrize("file_system", ["tmpfs", "nfs"])
@with_own_mounts
def test_a_disk_that_is_full_from_the_start(tmp_path: Path, file_system: str) -> None:
    small_disk = mount_small_disk(tmp_path)
    ballast = fill(small_disk, leave=0)
    store = open_impatiently(small_disk / "home", file_system)
    assert "the disk is full" in str(store.take_notice())
    assert [store.record_with_place(answer(number), PLACE) for number in range(3)] == [False] * 3
    assert store.all_events() == tuple(map(answer, range(3)))
    assert store.place() == PLACE
    assert store.take_notice() is None
    ballast.unlink()
    assert store.record(answer(3))
    assert "4 entries" in str(store.take_notice())
    store.close()
    again = open_impatiently(small_disk / "home", file_system)
    assert again.all_events() == tuple(map(answer, range(4)))
    assert again.place() == PLACE
    assert again.notice is None
    again.close()


@pytest.mark.parametrize("file_system", ["tmpfs", "nfs"])
@with_own_mounts
def test_with_a_full_disk_the_earlier_work_is_still_shown(tmp_path: Path, file_system: str) -> None:
    small_disk = mount_small_disk(tmp_path)
    store = open_impatiently(small_disk, file_system)
    assert store.record_with_place(answer(0), PLACE)
    store.close()
    fill(small_disk, leave=0)
    store = open_impatiently(small_disk, file_system)
    assert store.all_events() == (answer(0),)
    assert store.place() == PLACE
    store.record(answer(1))
    assert store.all_events() == (answer(0), answer(1))
    store.close()
    assert "the disk" in str(store.take_notice())


@pytest.mark.parametrize("file_system", ["ext4", "nfs"])
@with_own_mounts
def test_a_read_only_folder_shows_the_earlier_work_and_keeps_todays_in_memory(tmp_path: Path, file_system: str) -> None:
    store = open_impatiently(tmp_path, file_system)
    assert store.record_with_place(answer(0), PLACE)
    store.close()
    with read_only(tmp_path):
        store = open_impatiently(tmp_path, file_system)
        notice = store.take_notice()
        assert notice is not None
        assert "may not be written" in notice
        assert store.all_events() == (answer(0),)
        assert store.place() == PLACE
        assert not store.record(answer(1))
        assert store.events("lesson:4.3#2") == (answer(0), answer(1))
        assert store.take_notice() is None
    assert store.record(answer(2))
    assert "saved again" in str(store.take_notice())
    store.close()
    again = open_impatiently(tmp_path, file_system)
    assert again.all_events() == tuple(map(answer, range(3)))
    again.close()


@with_own_mounts
def test_a_read_only_folder_with_what_a_killed_run_left(tmp_path: Path) -> None:
    store = open_impatiently(tmp_path / "home")
    for number in range(4):
        store.record_with_place(answer(number), PLACE)
    shutil.copytree(tmp_path / "home", tmp_path / "killed")
    store.close()
    (tmp_path / "killed" / "learner.db-shm").unlink()
    assert (tmp_path / "killed" / "learner.db-wal").stat().st_size > 0
    with read_only(tmp_path / "killed"):
        store = open_impatiently(tmp_path / "killed")
        assert store.all_events() == tuple(map(answer, range(4)))
        assert store.place() == PLACE
        store.close()


@with_own_mounts
def test_a_folder_that_becomes_read_only_while_working(tmp_path: Path) -> None:
    home = tmp_path / "home"
    store = open_impatiently(home)
    assert store.record(answer(0))
    store.close()
    with read_only(home):
        assert not store.record(answer(1))
        assert store.all_events() == (answer(0), answer(1))
    assert store.record(answer(2))
    assert store.all_events() == tuple(map(answer, range(3)))


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that every user may use."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o777)
        yield Path(folder)


@with_own_mounts
def test_a_share_of_the_disk_that_is_used_up_is_said_once_and_loses_nothing(open_folder: Path) -> None:
    take_a_share(open_folder, "256K")
    become_nobody()
    home = open_folder / "home"
    store = open_impatiently(home)
    kept = [store.record(answer(number)) for number in range(200)]
    durable = kept.index(False)
    assert 0 < durable < 200
    assert not any(kept[durable:])
    assert "share of it used up" in str(store.take_notice())
    assert store.take_notice() is None
    assert store.all_events() == tuple(map(answer, range(200)))
    with closing(sqlite3.connect(home / "learner.db")) as connection:
        assert connection.execute("SELECT count(*) FROM event").fetchone() == (durable,)
    store.close()
    assert store.take_notice() is not None


@pytest.mark.parametrize("bits", [0o000, 0o400, 0o500])
@as_nobody
def test_a_folder_without_permission(open_folder: Path, bits: int) -> None:
    home = open_folder / "home"
    store = open_impatiently(home)
    assert store.record(answer(0))
    store.close()
    home.chmod(bits)
    store = open_impatiently(home)
    assert "may not be written" in str(store.take_notice())
    assert not store.record(answer(1))
    assert store.all_events()[-1] == answer(1)
    assert (answer(0) in store.all_events()) == (bits == 0o500)
    home.chmod(0o700)
    assert store.record(answer(2))
    assert store.all_events() == tuple(map(answer, range(3)))
    store.close()


@as_nobody
def test_a_record_without_permission(open_folder: Path) -> None:
    store = open_impatiently(open_folder)
    assert store.record(answer(0))
    store.close()
    (open_folder / "learner.db").chmod(0o400)
    store = open_impatiently(open_folder)
    assert "may not be written" in str(store.take_notice())
    assert not store.record(answer(1))
    assert store.all_events() == (answer(0), answer(1))
    store.close()


@as_nobody
def test_a_place_where_no_folder_may_be_made(open_folder: Path) -> None:
    closed = open_folder / "closed"
    closed.mkdir(mode=0o555)
    store = open_impatiently(closed / "home")
    assert "may not be written" in str(store.take_notice())
    assert not store.record(answer(0))
    assert store.all_events() == (answer(0),)
    store.close()


@pytest.mark.parametrize("way", ["file", "below a file", "record is a folder", "dangling link", "name too long"])
def test_a_path_that_can_never_work(tmp_path: Path, way: str) -> None:
    (tmp_path / "file").write_text("notes")
    (tmp_path / "folder" / "learner.db").mkdir(parents=True)
    (tmp_path / "link").symlink_to(tmp_path / "nowhere" / "else")
    folder, said = {
        "file": (tmp_path / "file", "a file where the folder should be"),
        "below a file": (tmp_path / "file" / "home", "a file where the folder should be"),
        "record is a folder": (tmp_path / "folder", "not an ordinary file"),
        "dangling link": (tmp_path / "link", "a file where the folder should be"),
        "name too long": (tmp_path / ("x" * 300), "name too long"),
    }[way]
    store = open_impatiently(folder)
    assert said in str(store.take_notice())
    assert not store.record_with_place(answer(0), PLACE)
    assert store.all_events() == (answer(0),)
    assert store.place() == PLACE
    assert store.take_notice() is None
    store.close()
    assert "One entry" in str(store.take_notice())
    assert (tmp_path / "file").read_text() == "notes"


def test_a_folder_whose_name_is_no_text_can_be_named(tmp_path: Path) -> None:
    folder = Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9"))
    folder.write_text("a file")
    store = open_impatiently(folder)
    str(store.notice).encode()  # raises for what a terminal could not show
    assert "caf\N{REPLACEMENT CHARACTER}" in str(store.take_notice())
    folder.unlink()
    assert store.record(answer(0))
    store.close()


def test_what_is_refused_for_want_of_a_folder_is_saved_once_there_is_one(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("in the way")
    store = open_impatiently(tmp_path / "home")
    assert not store.record_with_place(answer(0), PLACE)
    (tmp_path / "home").unlink()
    assert store.save()
    store.close()
    again = open_impatiently(tmp_path / "home")
    assert again.all_events() == (answer(0),)
    assert again.place() == PLACE
    again.close()


@pytest.mark.parametrize(("file_system", "lock"), [("ext4", "IMMEDIATE"), ("nfs", "EXCLUSIVE")])
def test_a_record_that_another_program_locks_while_working(tmp_path: Path, file_system: str, lock: str) -> None:
    store = open_impatiently(tmp_path, file_system)
    assert store.record(answer(0))
    with closing(sqlite3.connect(tmp_path / "learner.db", isolation_level=None)) as other:
        other.execute(f"BEGIN {lock}")
        assert not store.record(answer(1))
        assert "keeps it locked" in str(store.take_notice())
        assert store.all_events() == (answer(0), answer(1))
        assert store.take_notice() is None
        other.execute("COMMIT")
    assert store.record(answer(2))
    assert "saved again" in str(store.take_notice())
    store.close()
    again = open_impatiently(tmp_path, file_system)
    assert again.all_events() == tuple(map(answer, range(3)))
    again.close()


def test_while_the_disk_refuses_an_answer_waits_for_it_only_a_moment(tmp_path: Path) -> None:
    def wait() -> object:
        return store._disk.attempt(lambda file: file._connection.execute("PRAGMA busy_timeout").fetchone()[0])

    store = open_store(tmp_path, now, patience=0.25)
    assert wait() == 250
    with closing(sqlite3.connect(tmp_path / "learner.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert not store.record(answer(0))
        assert wait() == 100
        other.execute("COMMIT")
    assert store.record(answer(1))
    assert wait() == 250
    store.close()


def test_a_record_that_another_program_locks_from_the_start(tmp_path: Path) -> None:
    store = open_impatiently(tmp_path, "nfs")
    assert store.record_with_place(answer(0), PLACE)
    store.close()
    with closing(sqlite3.connect(tmp_path / "learner.db", isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        store = open_impatiently(tmp_path, "nfs")
        assert "keeps it locked" in str(store.take_notice())
        assert not store.record(answer(1))
        assert store.all_events() == (answer(0), answer(1))
        assert store.place() == PLACE
        other.execute("COMMIT")
    assert store.record(answer(2))
    assert store.all_events() == tuple(map(answer, range(3)))
    store.close()


LIMITED = """
import resource, sys
from datetime import UTC, datetime
from pathlib import Path
from tutor.learner.events import EventMaker
from tutor.learner.store import open_store

now = lambda: datetime(2026, 3, 1, tzinfo=UTC)
numbers = iter(range(9999))
maker = EventMaker("lesson:1", now, lambda: str(next(numbers)))
store = open_store(Path(sys.argv[1]), now, file_system=lambda folder: sys.argv[2])
assert store.notice is None, store.notice
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, resource.RLIM_INFINITY))
kept = [store.record(maker.note("hint", "h1", "x" * 200)) for _ in range(500)]
assert kept[0] and not kept[-1], kept
assert "the disk reports an error" in store.take_notice()
assert store.take_notice() is None
assert len(store.all_events()) == 500
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
assert store.record(maker.note("hint", "h1"))
assert "saved again" in store.take_notice()
store.close()
assert store.take_notice() is None
"""


@pytest.mark.parametrize("file_system", ["ext4", "nfs"])
def test_writes_that_fail_below_the_file_system(tmp_path: Path, file_system: str) -> None:
    root = Path(__file__).parents[2]
    subprocess.run([sys.executable, "-c", LIMITED, str(tmp_path), file_system], cwd=root, check=True)
    again = open_impatiently(tmp_path, file_system)
    assert [event.id for event in again.all_events()] == [str(number) for number in range(501)]
    again.close()


def test_without_a_free_file_descriptor_work_goes_on(tmp_path: Path) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (3, hard))
    try:
        store = open_impatiently(tmp_path)
        durable = store.record(answer(0))
        notice = store.take_notice()
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    assert not durable
    assert "Too many open files" in str(notice)
    assert store.record(answer(1))
    assert store.all_events() == (answer(0), answer(1))
    store.close()


def test_a_lock_that_is_never_given_back_delays_the_rescue_but_does_not_stop_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    naps: list[float] = []
    monkeypatch.setattr(rescue, "sleep", naps.append)
    with rescue.alone_in(tmp_path):
        assert naps == []
        with rescue.alone_in(tmp_path):
            assert sum(naps) == pytest.approx(5)
