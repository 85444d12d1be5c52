"""Files that outlast a power cut: what is written, renamed or removed here is on the disk when the call returns.

POSIX promises of a write only that other processes see it. What a power cut leaves of it is decided by ``fsync``: of
the file for its bytes, of its folder for its name (Pillai et al. 2014, "All File Systems Are Not Created Equal", OSDI;
Mohan et al. 2018, "Finding Crash-Consistency Bugs with Bounded Black-Box Crash Testing", OSDI). Everything that must
not be lost or half there is therefore written through this file, and through no other.
"""

import os
import shutil
from pathlib import Path

DRAFT = ".writing"
"""How the name of a file ends, after a point in front, while it is written."""


def write(path: Path, data: str | bytes, *, mode: int = 0o666) -> None:
    """Write a file whole: a reader sees the old one or the new one, and after a power cut the new one is there.

    Args:
        path: the file; its folder is there.
        data: what it is to hold; text becomes UTF-8.
        mode: who may read it, before the process' umask.

    Raises:
        OSError: it cannot be written; the old file is as it was.
    """
    draft = draft_of(path)
    try:
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode)
        with os.fdopen(descriptor, "wb") as file:
            file.write(data.encode() if isinstance(data, str) else data)
            file.flush()
            os.fsync(file.fileno())
        os.replace(draft, path)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
    flush(path.parent)


def copy(source: Path, target: Path) -> None:
    """Let a file hold what another holds, which is durable already; on a full disk, too, where names can be given twice.

    Neither may be written to in place afterwards.
    """
    draft = draft_of(target)
    draft.unlink(missing_ok=True)
    try:
        os.link(source, draft)
    except OSError:  # not every file system knows a second name
        write(target, source.read_bytes())
        return
    os.replace(draft, target)
    draft.unlink(missing_ok=True)  # two names of one file are not replaced by each other
    flush(target.parent)


def draft_of(path: Path) -> Path:
    """Return where ``write`` writes a file before it takes its place: a process killed meanwhile leaves it there."""
    return path.with_name(f".{path.name}{DRAFT}")


def rename(source: Path, target: Path) -> None:
    """Rename a file or a folder, whose content is durable already."""
    os.replace(source, target)
    for folder in {source.parent, target.parent}:
        flush(folder)


def remove(path: Path) -> None:
    """Remove a file, if it is there."""
    path.unlink(missing_ok=True)
    flush(path.parent)


def make_folder(folder: Path) -> None:
    """Make a folder and those above it, if they are not there."""
    missing = [above for above in (folder, *folder.parents) if not above.is_dir()]
    for each in reversed(missing):
        each.mkdir(exist_ok=True)
        flush(each.parent)


def remove_folder(folder: Path) -> None:
    """Remove a folder with all that is in it, if it is there."""
    if folder.is_dir():
        shutil.rmtree(folder)
    flush(folder.parent)


def flush(path: Path) -> None:
    """Wait until the bytes of a file, or the names in a folder, are on the disk."""
    if os.name == "nt":
        return  # Windows opens no folder and flushes no read-only handle; its rename is journalled
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def flush_tree(folder: Path) -> None:
    """Wait until a folder, with all that is in it, is on the disk: what is below before what is above."""
    for path in sorted(folder.rglob("*"), reverse=True):
        flush(path)
    flush(folder)
