"""What failed at a file, and what can be done about it, in words for whoever runs the server."""

import os

import apsw


class DataProblem(Exception):
    """The files of a data folder do not belong together, or one of them is missing, foreign or older than it was. The
    message says which, and what to do."""


_REMEDIES: dict[type[Exception], str] = {
    apsw.FullError: "Make room on the disk.",
    apsw.IOError: "Check the disk and how it is mounted, then start again; everything acknowledged is on it.",
    apsw.CorruptError: "Keep a copy of the file, then restore the newest backup.",
    apsw.NotADBError: "Keep a copy of the file, then restore the newest backup.",
    apsw.BusyError: "Another program writes to the file or locks it: stop it, then start again.",
    apsw.LockedError: "Another program writes to the file or locks it: stop it, then start again.",
    apsw.ReadOnlyError: "Make the file and its folder writable for the user who runs the server.",
    apsw.PermissionsError: "Make the file and its folder writable for the user who runs the server.",
    apsw.CantOpenError: "Check that the folder is there and belongs to the user who runs the server.",
    apsw.ConstraintError: "Another program wrote to the file. Let only one server use it, then start again.",
}


def described(error: Exception, connection: apsw.Connection | None = None) -> str:
    """An error in one sentence, with what SQLite and the operating system call it, and the remedy if there is one.
    connection: the one at which it occurred, which knows the number of the error of the operating system."""
    if not isinstance(error, apsw.Error):
        return str(error) or type(error).__name__
    names = [str(apsw.mapping_extended_result_codes.get(getattr(error, "extendedresult", 0)) or type(error).__name__)]
    if isinstance(error, apsw.IOError | apsw.CantOpenError | apsw.FullError) and connection is not None:
        number = connection.system_errno
        names += [os.strerror(number)] if number else []
    remedy = next((remedy for kind, remedy in _REMEDIES.items() if isinstance(error, kind)), "")
    return f"{error} ({', '.join(names)}). {remedy}".rstrip()


def inode_of(path: str) -> tuple[int, int] | None:
    """Which file is at a path; None if there is none."""
    try:
        status = os.stat(path)
    except OSError:
        return None
    return status.st_dev, status.st_ino
