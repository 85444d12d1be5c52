"""The imports of a corpus: each is there whole or not at all, and can be taken back.

    imported/
      某办法.md                       what was imported
      .batches/20260701-120000-000000/
        batch.json                    the names of the files that this import wrote; until all of them are there and
                                      durable, and again while it is undone, it is called unfinished.json
        某办法.md                     what was there before, if anything

To finish an import is to rename one file. A process killed before that, or a power cut, leaves a list that is not
finished: whoever opens the corpus next takes that import back, as it does an undoing that was cut short.
"""

from __future__ import annotations

import contextlib
import json
import os
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from qa_service import durable
from qa_service.corpus.document_file import read_document
from qa_service.errors import CorpusError

IMPORTED = "imported"
"""The folder of the corpus that imports are written to."""
_BATCHES = ".batches"
_FINISHED = "batch.json"
_UNFINISHED = "unfinished.json"


@dataclass(frozen=True, slots=True)
class Batch:
    """One import that was written."""

    id: str
    documents: tuple[str, ...]


class Batches:
    """The imports of one corpus."""

    def __init__(self, corpus: Path) -> None:
        self._folder = corpus / IMPORTED
        self._root = self._folder / _BATCHES

    def finished(self) -> list[Batch]:
        """Return the imports that can be undone, latest first.

        Raises:
            CorpusError: the list of one is damaged.
        """
        listed = sorted(self._root.glob(f"*/{_FINISHED}"), key=lambda p: _order(p.parent.name), reverse=True)
        return [_batch(path) for path in listed]

    def before(self, batch_id: str) -> dict[str, str | None]:
        """Return the files that a finished import wrote, each as it was before it; None for one that was not there.

        Raises:
            CorpusError: its list is damaged, or what it keeps cannot be read.
        """
        kept = self._root / batch_id
        found: dict[str, str | None] = {}
        for name in _listed(kept / _FINISHED):
            try:
                found[name] = (kept / name).read_text("utf-8") if (kept / name).is_file() else None
            except (OSError, ValueError) as error:
                raise CorpusError(f"{kept / name} 读不了（{error}），无法据此撤销。请手工检查 {kept}。") from error
        return found

    def write(self, texts: Mapping[str, str], stamp: str) -> str:
        """Write files, by their names, all of them or none; returns the batch's id.

        Args:
            texts: the text of each file.
            stamp: when, as ``20260701-120000-000000``; batches are undone in the order of their ids.

        Raises:
            OSError: the corpus cannot be written to.
            CorpusError: a document does not read back as it was written.
        """
        durable.make_folder(self._root)
        with self._locked():
            self.settle()
            kept = self._new(stamp)
            try:
                self._write_all(kept, texts)
            except BaseException:
                with contextlib.suppress(OSError):  # then the next one who comes takes it back
                    if (kept / _FINISHED).is_file():
                        os.replace(kept / _FINISHED, kept / _UNFINISHED)
                    self.settle()
                raise
        return kept.name

    def undo(self, batch_id: str) -> None:
        """Take an import back: what it wrote goes, what it replaced returns.

        Raises:
            OSError: the corpus cannot be written to.
        """
        kept = self._root / batch_id
        with self._locked():
            durable.rename(kept / _FINISHED, kept / _UNFINISHED)
            self._take_back(kept, _listed(kept / _UNFINISHED))

    @contextlib.contextmanager
    def settled(self) -> Iterator[list[Batch]]:
        """Hold the imports still, none of them half there; gives those that had to be taken back for that.

        Raises:
            OSError: one would have to be taken back, and the corpus cannot be written to.
            CorpusError: the list of one is damaged.
        """
        if not self._folder.is_dir():
            yield []
            return
        with self._locked(alone=False):
            if not any(self._unfinished()):
                yield []
                return
        with self._locked():
            yield self.settle()

    def settle(self) -> list[Batch]:
        """Take back what was left unfinished, latest first; nobody else writes meanwhile."""
        taken_back = []
        for kept in sorted(self._unfinished(), key=lambda p: _order(p.name), reverse=True):
            if (kept / _UNFINISHED).is_file():
                taken_back.append(_batch(kept / _UNFINISHED))
                self._take_back(kept, _listed(kept / _UNFINISHED))
            else:
                # Nothing had been written yet, not even all that was to be kept; or all was taken back already.
                durable.remove_folder(kept)
        return taken_back

    def _unfinished(self) -> Iterator[Path]:
        return (kept for kept in self._root.glob("*") if kept.is_dir() and not (kept / _FINISHED).exists())

    def _new(self, stamp: str) -> Path:
        """Make the folder of a batch that comes after every other: the clock may have been set back meanwhile."""
        known = [_order(path.name) for path in self._root.glob("*")]
        after = max((order for order in known if order[0] >= stamp), default=None)
        kept = self._root / (stamp if after is None else f"{after[0]}-{after[1] + 1:02d}")
        durable.make_folder(kept)
        return kept

    def _write_all(self, kept: Path, texts: Mapping[str, str]) -> None:
        for name in texts:
            if (self._folder / name).is_file():
                durable.write(kept / name, (self._folder / name).read_bytes())
        # The list comes before the files: from here on, whoever finds it can take the import back.
        durable.write(kept / _UNFINISHED, json.dumps({"files": sorted(texts)}, ensure_ascii=False, indent=2))
        for name, text in texts.items():
            durable.write(self._folder / name, text)
            read_document(self._folder / name)
        durable.rename(kept / _UNFINISHED, kept / _FINISHED)

    def _take_back(self, kept: Path, names: list[str]) -> None:
        """Undo what a batch did. The list goes last of all, so that this can be cut short and run again."""
        replaced = [name for name in names if (kept / name).is_file()]
        for name in names:
            durable.draft_of(self._folder / name).unlink(missing_ok=True)
            if name not in replaced:
                (self._folder / name).unlink(missing_ok=True)
        for name in replaced:  # now that there is room again, if the disk was full
            durable.copy(kept / name, self._folder / name)
        durable.flush(self._folder)
        durable.remove(kept / _UNFINISHED)
        durable.remove_folder(kept)

    @contextlib.contextmanager
    def _locked(self, *, alone: bool = True) -> Iterator[None]:
        """Let no other process write meanwhile, nor read if ``alone``.

        The lock is on the folder itself: it leaves nothing behind, and ends with the process that holds it.
        """
        if sys.platform == "win32":  # a folder cannot be locked there
            yield
            return
        import fcntl

        descriptor = os.open(self._folder, os.O_RDONLY)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX if alone else fcntl.LOCK_SH)
            yield
        finally:
            os.close(descriptor)


def _order(name: str) -> tuple[str, int]:
    """What batches are sorted by: of two with one stamp, the second ends in ``-02``."""
    *stamp, number = name.split("-")
    return ("-".join(stamp), int(number)) if len(stamp) > 2 and number.isdigit() else (name, 1)


def _batch(listed: Path) -> Batch:
    return Batch(listed.parent.name, tuple(name.removesuffix(".md") for name in _listed(listed)))


def _listed(manifest: Path) -> list[str]:
    try:
        names: list[str] = json.loads(manifest.read_text("utf-8"))["files"]
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise CorpusError(f"{manifest} 损坏，无法据此撤销。请手工检查 {manifest.parent}。") from error
    return names
