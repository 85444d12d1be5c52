"""What the package brings along: the embedding model, its calibration, and (in a wheel) the corpus."""

from pathlib import Path

_HERE = Path(__file__).resolve().parent
_CHECKOUT = _HERE.parent.parent


def model_folder() -> Path:
    """Return the folder of the bundled sentence-transformers model."""
    return _HERE / "model"


def calibration_file() -> Path:
    """Return the file of weights and thresholds that were fitted to the bundled model."""
    return _HERE / "calibration.json"


def verdicts_file() -> Path:
    """Return the file of the model that tells yes from no."""
    return _HERE / "verdicts.json"


def corpus_folder() -> Path:
    """Return the shipped corpus: inside the package in a wheel, beside it in a checkout."""
    inside = _HERE / "corpus"
    return inside if inside.is_dir() else _CHECKOUT / "corpus"


def is_in_package(folder: Path) -> bool:
    """Whether a folder belongs to the installed package: the next upgrade replaces it."""
    return folder.resolve().is_relative_to(_HERE)
