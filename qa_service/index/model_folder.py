"""The identity of a model folder."""

import hashlib
from pathlib import Path

_DECIDING_SUFFIXES = {".json", ".safetensors", ".bin", ".txt", ".model"}
_NOT_DECIDING = {"config_sentence_transformers.json", "README.md"}
"""Library versions and prose: they may differ between two copies that give the same vectors."""


def folder_digest(folder: Path) -> str:
    """Return a digest (16 hexadecimal digits) of the files that decide a model's vectors."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.suffix in _DECIDING_SUFFIXES and path.name not in _NOT_DECIDING:
            digest.update(f"{path.relative_to(folder).as_posix()}\0".encode())
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:16]
