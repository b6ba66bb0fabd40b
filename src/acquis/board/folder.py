"""Opens the files of a data folder together: record.db, roster.db and index.db.

Each file alone would pass for a new one if it is missing, or for a whole one if an older copy of it lies there. So the
roster and the index remember the last entry of each log, and the record is compared with them before anything is
written: entries that were acknowledged are never lost without a word, nor their numbers given a second time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import nullcontext, suppress
from pathlib import Path

import apsw
import msgspec

from acquis.board.cards import Card
from acquis.board.index import Index
from acquis.plan.document import Programme, ProgrammeError, from_data, to_yaml
from acquis.record import LogUnreadable, Record
from acquis.record.faults import DataProblem, described
from acquis.record.sqlite import SqliteRecord
from acquis.record.writer import Timing
from acquis.roster import Roster, SessionRow
from acquis.roster.tables import MARKED
from acquis.state import fold

RECORD, ROSTER, INDEX = "record.db", "roster.db", "index.db"
ACCEPT = "If there is no newer copy, `acquis serve --accept-loss` records the loss in each log and goes on."


class Loss(msgspec.Struct, frozen=True):
    """A log that is shorter than it was, or another one. kept: the number of entries that are there; marked: the number
    of the last entry that was acknowledged, as far as is remembered, and its link in `head`."""

    log: str
    kept: int
    marked: int
    head: bytes

    def __str__(self) -> str:
        if self.kept >= self.marked:
            return f"{self.log}: entry {self.marked} is another one than was acknowledged"
        first, last = self.kept + 1, self.marked
        return f"{self.log}: entry {last} is missing" if first == last else f"{self.log}: entries {first} to {last}"


class DataFolder(msgspec.Struct):
    """The open files of a data folder, and the losses that were accepted. strange: the logs that the roster does not
    know, which was accepted too."""

    record: SqliteRecord
    roster: Roster
    index: Index
    losses: list[Loss] = []
    strange: list[str] = []

    def attach(self, new_code: Callable[[], str], now: int) -> None:
        """Take the strange logs into the roster, as sessions with new codes. Names, passes and drafts of them are
        lost. Raises RecordBroken."""
        for log in self.strange:
            draft = Programme(title="")
            with suppress(ProgrammeError, msgspec.ValidationError):  # of another version
                draft = from_data(fold(self.record.scan(log)).programme.document)
            self.roster.add_session(SessionRow(log, new_code(), now, to_yaml(draft)))


def open_folder(folder: Path, accept_loss: bool = False, timing: Timing = nullcontext) -> DataFolder:
    """Open the three files, which are made if none of them is there. accept_loss: go on if a file is missing or older
    than it was. timing: measures the commits of the record. Raises DataProblem, RecordInUse, RecordBroken, OSError;
    nothing stays open then."""
    there = {name for name in (RECORD, ROSTER, INDEX) if _is_there(folder / name)}
    if there and RECORD not in there and not accept_loss:
        raise DataProblem(_missing(folder, RECORD, there))
    record = SqliteRecord(folder / RECORD, timing=timing)
    try:
        if ROSTER not in there and (record.logs() or INDEX in there) and not accept_loss:
            raise DataProblem(_missing(folder, ROSTER, there))
        roster = _opened(folder / ROSTER)
        try:
            files = DataFolder(record, roster, Index(folder / INDEX))
            _check(files, accept_loss)
            return files
        except BaseException:
            roster.close()
            raise
    except BaseException:
        record.close_files()
        raise


def losses(record: Record, roster: Roster, cards: dict[str, Card]) -> list[Loss]:
    """The logs that are shorter than the roster or the index remembers, or other ones. Raises RecordBroken."""
    marks = roster.marks()
    for card in cards.values():
        if card.head and card.seq > marks.get(card.id, (0, b""))[0]:
            marks[card.id] = card.seq, bytes.fromhex(card.head)
    return list(_losses(record, marks))


def _losses(record: Record, marks: dict[str, tuple[int, bytes]]) -> Iterator[Loss]:
    for log, (seq, head) in sorted(marks.items()):
        if not _is_whole(record, log):
            continue  # this session alone is refused
        kept = record.head(log)[0]
        if seq and (kept < seq or record.links(log, seq - 1, seq)[0][0] != head):
            yield Loss(log, kept, seq, head)


def _check(files: DataFolder, accept_loss: bool) -> None:
    """Note the losses and the strange logs, if they are accepted. Afterwards every log has a mark. Raises
    DataProblem."""
    record, roster = files.record, files.roster
    files.losses = losses(record, roster, files.index.cards)
    if files.losses and not accept_loss:
        which = "; ".join(map(str, files.losses))
        restore = f"Restore the newest {RECORD}, with the file {RECORD}-wal if there is one."
        raise DataProblem(f"{RECORD} lacks what was acknowledged: {which}. {restore} {ACCEPT}")
    if roster.former_format >= MARKED:  # an earlier format had no marks of sessions that were put away
        known = {*roster.ids(), *roster.marks()}
        files.strange = [log for log in record.logs() if log not in known]
    if files.strange and not accept_loss:
        which = ", ".join(files.strange)
        why = f"{ROSTER} knows nothing of {which}, which {RECORD} contains: it is older, or of another installation"
        raise DataProblem(f"{why}. Restore the newest {ROSTER}. {ACCEPT}")
    for loss in files.losses:
        files.index.drop(loss.log).result()
    for log in record.logs():
        if _is_whole(record, log):
            roster.mark(log, *record.head(log))


def _is_whole(record: Record, log: str) -> bool:
    try:
        record.require_whole(log)
    except LogUnreadable:
        return False
    return True


def _is_there(path: Path) -> bool:
    """Whether a database is there, or what is left of it beside its place."""
    return path.exists() or path.with_name(f"{path.name}-wal").exists()


def _missing(folder: Path, name: str, there: set[str]) -> str:
    others = " and ".join(sorted(there - {name}))
    return (
        f"{folder / name} is missing, although {others} is there. This is not a new installation: is the disk mounted,"
        f" is --data right? Otherwise restore {name} from the newest copy. {ACCEPT}"
    )


def _opened(path: Path) -> Roster:
    try:
        return Roster(path)
    except apsw.Error as error:
        raise DataProblem(f"{path} cannot be opened: {described(error)}") from error
