"""Where builds live: each a folder written whole, one of them live.

    index/
      CURRENT                      the name of the live build
      20260101T080000-1a2b3c4d/    a build; its manifest, written last, holds the SHA-256 of every other file

A process killed at any moment, or a power cut, leaves ``CURRENT`` as it was, and at most an unfinished folder that the
next build removes. The name of a build tells its place in the order they were made in: its stamp is that of the clock,
unless the clock was set back, and then one second after the build before. No file of a build is ever written to again,
so that processes may map it into memory; one that is removed meanwhile stays with those that have it open.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path

from filelock import FileLock, Timeout

from qa_service import durable
from qa_service.errors import BuildError, NoBuildError

FORMAT = 7
"""Raised when the layout of a build's files changes: older builds then cannot be read."""

_CURRENT = "CURRENT"
_MANIFEST = "manifest.json"
_DIGEST = "digest"
"""Of the manifest's other entries, kept beside them."""
_UNFINISHED = ".unfinished-"
_KEPT = 2
"""The live build and the one before it."""
_STAMP = "%Y%m%dT%H%M%S"
_LOCK_WAIT_S = 600
_REBUILD = "请运行 qa-service build 重建。"


@dataclass(frozen=True)
class Manifest:
    """What a build was made of, and what it consists of."""

    format: int
    created: str
    corpus: str
    """The library's fingerprint."""
    embedder: str
    """The embedder's fingerprint."""
    code: str
    """Digest of the code that cuts and indexes: see ``qa_service.index.build.code_digest``."""
    dimension: int
    documents: int
    passages: int
    questions: int
    files: dict[str, str]
    """Relative path to SHA-256, hexadecimal, of every file beside the manifest."""


class BuildStore:
    """The folder of builds."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._lock = FileLock(root / ".lock", timeout=_LOCK_WAIT_S)

    @contextmanager
    def exclusive(self) -> Iterator[None]:
        """Let no other process write here meanwhile; may be nested.

        Raises:
            BuildError: the folder cannot be written, or another process does not finish in ten minutes.
        """
        try:
            durable.make_folder(self.root)
            self._lock.acquire()
        except Timeout as error:
            raise BuildError(
                f"另一个进程正在 {self.root} 建索引，等了 {_LOCK_WAIT_S} 秒仍未结束，请稍后再试。"
            ) from error
        except OSError as error:
            raise BuildError(
                f"无法在 {self.root} 写入索引（{error}）。请检查目录权限和磁盘空间，或用 QA_INDEX_DIR 另指定目录。"
            ) from error
        try:
            yield
        finally:
            self._lock.release()

    @contextmanager
    def draft(self) -> Iterator[Path]:
        """Give an empty folder to write a build into, exclusively; it is gone again if writing fails.

        Raises:
            BuildError: the disk is full, or the folder cannot be written.
        """
        with self.exclusive():
            self._remove_unfinished()
            draft = self.root / f"{_UNFINISHED}{uuid.uuid4().hex[:8]}"
            try:
                draft.mkdir()
                yield draft
            except OSError as error:
                raise BuildError(
                    f"索引没有写成（{error}）。请检查 {self.root} 的权限和磁盘空间，旧索引不受影响。"
                ) from error
            finally:
                shutil.rmtree(draft, ignore_errors=True)

    def publish(self, draft: Path, manifest: Manifest) -> Path:
        """Make a written draft durable, give it its name, then let ``CURRENT`` name it: each before the next.

        Returns:
            The build's folder.
        """
        entries = asdict(manifest)
        stored = json.dumps({_DIGEST: _digest_of(entries), **entries}, ensure_ascii=False, indent=1)
        (draft / _MANIFEST).write_text(stored, "utf-8")
        durable.flush_tree(draft)
        before = self.current()
        build = self.root / f"{self._stamp(manifest)}-{draft.name.removeprefix(_UNFINISHED)}"
        try:
            durable.rename(draft, build)
            self._switch_to(build.name)
        except OSError:  # the disk is full to the last block: the old build goes on, and the new one makes room
            self._discard(build)
            raise
        kept = {build, before}
        for old in self.builds():
            # Where nothing was live before, the newest of the others is as good.
            if old not in kept and len(kept - {None}) >= _KEPT:
                self._discard(old)
            else:
                kept.add(old)
        return build

    def builds(self) -> list[Path]:
        """Return the finished build folders: the live one first, then the newest first."""
        found = sorted((m.parent for m in self.root.glob(f"[!.]*/{_MANIFEST}")), key=lambda p: p.name, reverse=True)
        current = self.current()
        return sorted(found, key=lambda build: build != current)

    def current(self) -> Path | None:
        """Return the folder that ``CURRENT`` names; None where it is missing, damaged, or names what is not there."""
        try:
            name = (self.root / _CURRENT).read_text("utf-8").strip()
        except (OSError, ValueError):
            return None
        folder = self.root / name
        plain = bool(name) and not name.startswith(".") and folder.name == name
        try:
            return folder if plain and (folder / _MANIFEST).exists() else None
        except (OSError, ValueError):  # a damaged name may be none that a file system knows
            return None

    def _stamp(self, manifest: Manifest) -> str:
        """When the build was made, but always after every other: the clock may have been set back meanwhile."""
        stamp = manifest.created[:19].replace("-", "").replace(":", "")
        stamps = [name for build in self.builds() if (name := build.name.partition("-")[0]) >= stamp]
        for latest in sorted(stamps, reverse=True):
            try:
                return (datetime.strptime(latest, _STAMP) + timedelta(seconds=1)).strftime(_STAMP)
            except (ValueError, OverflowError):
                continue  # not a folder that was made here
        return stamp

    def _switch_to(self, name: str) -> None:
        """Let ``CURRENT`` name another build: a reader sees the old name or the new one, never neither."""
        if (self.root / _CURRENT).is_dir():
            durable.remove_folder(self.root / _CURRENT)
        durable.write(self.root / _CURRENT, f"{name}\n")

    def _discard(self, build: Path) -> None:
        """Take a build away, at once for whoever looks for it; what cannot be removed now, the next build removes."""
        hidden = self.root / f"{_UNFINISHED}{build.name}"
        with suppress(OSError):
            build.rename(hidden)
            shutil.rmtree(hidden, ignore_errors=True)

    def _remove_unfinished(self) -> None:
        for path in (*self.root.glob(f"{_UNFINISHED}*"), durable.draft_of(self.root / _CURRENT)):
            if path.is_dir():
                shutil.rmtree(path, ignore_errors=True)
            else:
                path.unlink(missing_ok=True)


def read_manifest(build: Path) -> Manifest:
    """Read the manifest of a build folder.

    Raises:
        NoBuildError: it is missing, unreadable, damaged or of another format.
    """
    try:
        entries = dict(json.loads((build / _MANIFEST).read_text("utf-8")))
        made_in, digest = entries.get("format"), entries.pop(_DIGEST, None)
        if made_in != FORMAT:
            raise NoBuildError(f"索引 {build} 的格式是 {made_in}，本版本需要 {FORMAT}。{_REBUILD}")
        if digest != _digest_of(entries):
            raise NoBuildError(f"索引 {build} 的清单校验不符，可能已损坏。{_REBUILD}")
        return Manifest(**entries)
    except (OSError, ValueError, TypeError) as error:
        raise NoBuildError(f"索引 {build} 的清单无法读取（{error}）。{_REBUILD}") from error


def verify(build: Path) -> Manifest:
    """Check every file of a build against its manifest, and return the manifest.

    Raises:
        NoBuildError: a file is missing, too much, or not the one that was written.
    """
    manifest = read_manifest(build)
    try:
        return _verified(build, manifest)
    except OSError as error:
        raise NoBuildError(f"索引 {build} 无法读取（{error}）。{_REBUILD}") from error


def _verified(build: Path, manifest: Manifest) -> Manifest:
    present = {path.relative_to(build).as_posix(): path for path in files_below(build)}
    del present[_MANIFEST]
    for name in sorted(present.keys() ^ manifest.files.keys()):
        raise NoBuildError(f"索引 {build} 的文件 {name} 缺失或多余。{_REBUILD}")
    for name, digest in manifest.files.items():
        if sha256_of(present[name]) != digest:
            raise NoBuildError(f"索引 {build} 的文件 {name} 校验不符，可能已损坏。{_REBUILD}")
    return manifest


def files_below(folder: Path) -> list[Path]:
    """Return the files anywhere below ``folder``, in a stable order."""
    return sorted(path for path in folder.rglob("*") if path.is_file())


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file, hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _digest_of(entries: Mapping[str, object]) -> str:
    return hashlib.sha256(json.dumps(entries, sort_keys=True).encode()).hexdigest()
