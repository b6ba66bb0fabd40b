"""Ways to break what keeps the record whole; each of them has to be found by the tests that are named with it.

`make torture` runs them (`tools/torture.py`); `tests/test_torture.py` holds every one against the source.
"""

from __future__ import annotations

from typing import NamedTuple


class Sabotage(NamedTuple):
    """One change of the source: in `file` (below src/acquis), `old`, which stands there once, becomes `new`. `tests`:
    the nearest tests, of which at least one has to fail."""

    name: str
    file: str
    old: str
    new: str
    tests: str


RECORD = (
    Sabotage(
        "synchronous normal",
        "record/sqlite.py",
        '"synchronous = full"',
        '"synchronous = normal"',
        "tests/record/test_power.py",
    ),
    Sabotage(
        "answered before the commit",
        "record/writer.py",
        "            group = self._write(asks)\n",
        "            group = self._draw_up(asks, None)\n            self._tell(group.answers, set(), None)\n"
        "            group = self._write(asks)\n",
        "tests/record/test_faults.py::test_after_an_io_error_nothing_more_is_written",
    ),
    Sabotage(
        "heads moved before the insert",
        "record/writer.py",
        "            group = self._draw_up(asks, None)\n",
        "            group = self._draw_up(asks, None)\n            self.heads.update(group.heads)\n",
        "tests/record/test_faults.py::test_a_full_disk_refuses_reads_on_and_resumes",
    ),
    Sabotage(
        "the index of keys not unique",
        "record/tables.py",
        "CREATE UNIQUE INDEX keys",
        "CREATE INDEX keys",
        "tests/record/test_contract.py::test_a_retry_returns_the_original",
    ),
    Sabotage(
        "stored keys not found",
        "record/sqlite.py",
        "for pair in asked if pair in row_of}",
        "for pair in asked if pair in ()}",
        "tests/core/test_session.py",
    ),
    Sabotage(
        "commitments not compared",
        "record/chain.py",
        'part.commitment != commitment(part.salt, part.value or b"")',
        "not part.commitment",
        "tests/record/test_chain.py tests/record/test_golden.py",
    ),
    Sabotage(
        "links not compared",
        "record/chain.py",
        'return "" if linked == entry.link else "link differs"',
        'return ""',
        "tests/record/test_chain.py tests/record/test_golden.py",
    ),
    Sabotage(
        "numbers not checked",
        "record/chain.py",
        "    if entry.seq != expected:\n",
        "    if entry.seq < 0:\n",
        "tests/record/test_chain.py",
    ),
    Sabotage(
        "the time left out of what is linked",
        "record/chain.py",
        "% (at, _encode(by))",
        "% (0, _encode(by))",
        "tests/record/test_chain.py tests/record/test_golden.py",
    ),
    Sabotage(
        "no lock",
        "record/lock.py",
        "fcntl.flock(self._handle, fcntl.LOCK_EX | fcntl.LOCK_NB)",
        "pass",
        "tests/record/test_sqlite.py tests/web/test_stop.py",
    ),
    Sabotage(
        "an I/O error taken for a full disk",
        "record/writer.py",
        "full = isinstance(error, apsw.FullError) or (",
        "full = isinstance(error, apsw.FullError | apsw.IOError) or (",
        "tests/record/test_faults.py::test_after_an_io_error_nothing_more_is_written",
    ),
    Sabotage(
        "a failing checkpoint ignored",
        "record/writer.py",
        "        except apsw.Error as error:\n            self._refusal",
        "        except apsw.Error as error:\n            return\n            self._refusal",
        "tests/record/test_faults.py::test_a_failing_checkpoint_is_an_io_error_too",
    ),
    Sabotage(
        "no checkpoint",
        "record/writer.py",
        "if self._frames < _FRAMES_BEFORE_CHECKPOINT or",
        "if self._frames or",
        "tests/record/test_faults.py::test_a_failing_checkpoint_is_an_io_error_too",
    ),
    Sabotage(
        "erased without rewriting the file",
        "record/purge.py",
        '        connection.execute("VACUUM").fetchall()\n',
        "        pass\n",
        "tests/record/test_sqlite.py::test_erased_bytes_are_in_no_file",
    ),
    Sabotage(
        "a log that is damaged continued",
        "record/sqlite.py",
        "if (damage := self._damaged.get(log)) is not None:",
        "if (damage := self._damaged.get(log)) is None and False:",
        "tests/record/test_sqlite.py",
    ),
)
"""What is done to a record."""

SESSION = (
    Sabotage(
        "the state not computed again after a failed append",
        "session.py",
        "            self._begin_again()\n            for asked",
        "            for asked",
        "tests/core/test_session.py",
    ),
    Sabotage(
        "what is not durable is shown",
        "session.py",
        "        if self._work is not None:\n            waiting",
        "        if self._work is None:\n            waiting",
        "tests/core/test_session.py",
    ),
    Sabotage(
        "time runs back", "session.py", "at = max(asked.at, state.at)", "at = asked.at", "tests/core/test_session.py"
    ),
    Sabotage(
        "refused before it is durable",
        "session.py",
        "                    outcomes.append(outcome)\n        return drafts",
        "                    outcomes.append(outcome)\n                    asked.tell(outcome)\n        return drafts",
        "tests/core/test_session.py",
    ),
    Sabotage(
        "an erasure that was cut short left undone",
        "session.py",
        "if session._has_text(seq):",
        "if not seq:",
        "tests/core/test_session.py",
    ),
    Sabotage(
        "answers swapped between callers",
        "session.py",
        "in zip(batch, outcomes, strict=True)",
        "in zip(batch, reversed(outcomes), strict=True)",
        "tests/core/test_session.py",
    ),
    Sabotage(
        "an empty session after a read error",
        "session.py",
        "            self._lose(str(error))\n",
        "            self._state = State()\n",
        "tests/core/test_session.py",
    ),
    Sabotage(
        "the state not compared with the head of the log",
        "session.py",
        "        self._require_head()\n",
        "",
        "tests/core/test_session_reading.py",
    ),
)
"""What is done to a session."""

SERVER = (
    Sabotage(
        "the roster not synced",
        "roster/__init__.py",
        '"synchronous = full"',
        '"synchronous = off"',
        "tests/faults/test_roster_power.py",
    ),
    Sabotage(
        "the server goes on after the disk broke",
        "web/http/serving.py",
        "[serving, broken, stopping]",
        "[serving, stopping]",
        "tests/web/test_guard.py::test_a_server_whose_disk_is_broken_ends_with_one_line",
    ),
    Sabotage(
        "a damaged index not made again",
        "board/index_file.py",
        "            Path(path).unlink(missing_ok=True)\n",
        "",
        "tests/board/test_index.py::test_a_damaged_index_is_made_again",
    ),
    Sabotage(
        "streams not ended at the stop",
        "web/http/serving.py",
        "    application.streams.stop()\n",
        "",
        "tests/web/test_stop.py::test_after_a_signal_the_files_are_closed_and_the_status_is_0",
    ),
    Sabotage(
        "slow readers never dropped",
        "web/http/streams.py",
        "get_write_buffer_size() > BEHIND",
        "get_write_buffer_size() > 1 << 40",
        "tests/web/test_stream.py::test_a_reader_that_stalls_is_dropped_and_the_others_go_on",
    ),
    Sabotage(
        "what changed since a frame not sent",
        "web/http/changes.py",
        "if changed > number]",
        "if changed > number + 1]",
        "tests/web/test_changes.py",
    ),
    Sabotage(
        "the logs not marked in the roster",
        "board/__init__.py",
        "                    self.roster.mark(session.log, seq, head)\n",
        "",
        "tests/faults/test_rolled_back.py",
    ),
    Sabotage(
        "a record that was set back accepted",
        "board/folder.py",
        "    if files.losses and not accept_loss:\n",
        "    if files.losses and accept_loss:\n",
        "tests/faults/test_rolled_back.py",
    ),
    Sabotage(
        "a missing record made anew",
        "board/folder.py",
        "if there and RECORD not in there and not accept_loss:",
        "if not there and not accept_loss and RECORD in there:",
        "tests/faults/test_rolled_back.py",
    ),
    Sabotage(
        "an unreadable session takes the start page down",
        "board/__init__.py",
        "            with suppress(LogUnreadable):  # which `unreadable` says\n",
        "            if id:\n",
        "tests/faults/test_unreadable_session.py",
    ),
    Sabotage(
        "a wrong clock not corrected",
        "web/http/timekeeping.py",
        "    if last - now >= JUMP_MS:\n",
        "    if last - now >= 1 << 60:\n",
        "tests/web/test_wrong_clock.py",
    ),
    Sabotage(
        "times not moved with the clock",
        "state/faults.py",
        "    move_times(s, e.amount, e.since)\n",
        "",
        "tests/core/test_corrected_clock.py",
    ),
    Sabotage(
        "the limit of open files not raised",
        "web/http/protocol.py",
        "        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))\n",
        "        pass\n",
        "tests/web/test_connections.py::test_the_server_raises_its_limit_and_says_what_it_allows",
    ),
    Sabotage(
        "half a request waited for without end",
        "web/http/protocol.py",
        "        if min(self._due, self._unread_until) <= now:\n",
        "        if self._unread_until <= now:\n",
        "tests/web/test_connections.py::test_who_does_not_go_on_is_disconnected_and_others_are_answered",
    ),
)
"""What is done to the server and the files around the record."""

SABOTAGES = RECORD + SESSION + SERVER
