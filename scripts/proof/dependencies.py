"""What is installed: that it is what was pinned, under licences that may be used, and what it is made of."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from importlib.metadata import Distribution, distributions
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement

ROOT = Path(__file__).parents[2]
_OWN = "qa-service"
_NOT_OURS = {"pip", "setuptools", "wheel"}
"""Tools that make an environment; the service uses none of them."""

_ALLOWED = (
    r"\b(MIT|MIT-0|BSD|0BSD|[23]-clause bsd|Apache|ISC|PSF|Python Software Foundation|Python-2\.0|CNRI-Python|MPL|Mozilla Public|HPND|"
    r"Unlicense|public domain|zlib|CC0|BSL|Boost)\b"
)
_FORBIDDEN = r"\b(AGPL|GPL-|GPLv|SSPL|Affero|GNU General|Commons Clause|Business Source|Proprietary|NonCommercial)"
_SEPARATELY = {"psycopg": "LGPL", "psycopg-binary": "LGPL"}
"""Used as they are, unchanged and exchangeable, as the LGPL asks for; the shipped image carries none of them."""


@dataclass(frozen=True, slots=True)
class Package:
    """One installed package."""

    name: str
    """Normalised: lower case, hyphens."""
    version: str
    licence: str
    """As its metadata tell; empty where they do not."""
    requires: tuple[str, ...]
    """Names of what it needs in this environment, extras left out."""


def normal(name: str) -> str:
    """Return the one spelling of a package's name (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def installed(found: Iterable[Distribution] | None = None) -> dict[str, Package]:
    """Return what is installed here, by name, without the tools that make an environment."""
    packages = (_package(one) for one in (distributions() if found is None else found))
    return {package.name: package for package in packages if package.name not in _NOT_OURS}


def _package(found: Distribution) -> Package:
    requirements = map(Requirement, found.requires or ())
    needs = {normal(one.name) for one in requirements if one.marker is None or one.marker.evaluate({"extra": ""})}
    return Package(normal(found.metadata["Name"]), found.version, _licence(found), tuple(sorted(needs)))


def _licence(found: Distribution) -> str:
    metadata = found.metadata
    if expression := metadata.get("License-Expression"):
        return str(expression)
    classifiers = [c.rpartition(" :: ")[2] for c in metadata.get_all("Classifier", []) if c.startswith("License ::")]
    said = str(metadata.get("License") or "").strip().split("\n")[0]
    return "; ".join(dict.fromkeys([*classifiers, *([said] if said and said != "UNKNOWN" else [])]))


def pins(constraints: str) -> dict[str, str]:
    """Return what a file of constraints pins, by normalised name."""
    lines = (line.partition("#")[0].strip() for line in constraints.splitlines())
    return {normal(name): version for name, _, version in (line.partition("==") for line in lines if "==" in line)}


def unlike_pinned(packages: Mapping[str, Package], pinned: Mapping[str, str], needed: Collection[str]) -> list[str]:
    """Return in Chinese what of ``needed`` is installed in another version than the pinned one, or is not pinned."""
    faults = []
    for name in sorted(set(needed) & set(packages)):
        version = packages[name].version.partition("+")[0]
        if name not in pinned:
            faults.append(f"{name} {version} 没有锁定版本，请写进 constraints.txt")
        elif version != pinned[name]:
            faults.append(f"{name} 装的是 {version}，锁定的是 {pinned[name]}，请重新运行 scripts/install")
    return faults


def licence_faults(packages: Mapping[str, Package], needed: Collection[str]) -> list[str]:
    """Return in Chinese which of ``needed`` have a licence that is not allowed, or none that can be read."""
    faults = []
    for name in sorted(set(needed) & set(packages)):
        licence = packages[name].licence
        if name in _SEPARATELY and _SEPARATELY[name] in licence.replace("Lesser General Public License", "LGPL"):
            continue
        allowed = re.search(_ALLOWED, licence, re.IGNORECASE)
        # “MIT OR GPL-2.0” leaves the choice; “MIT AND GPL-2.0” does not.
        if not allowed or (re.search(_FORBIDDEN, licence) and " OR " not in licence):
            faults.append(f"{name} 的许可证是“{licence or '未写明'}”，不在允许之列")
    return faults


def needed_by(packages: Mapping[str, Package], roots: Collection[str]) -> set[str]:
    """Return everything that ``roots`` need, themselves included, as far as it is installed."""
    found, todo = set[str](), list(roots)
    while todo:
        name = todo.pop()
        if name in packages and name not in found:
            found.add(name)
            todo += packages[name].requires
    return found


def runtime(packages: Mapping[str, Package], project: Mapping[str, Any]) -> set[str]:
    """Return what the service needs when it runs, with the features that are installed by default.

    Args:
        packages: what is installed.
        project: the table ``project`` of pyproject.toml.
    """
    extras = project["optional-dependencies"]
    wanted = [
        *project["dependencies"],
        *(one for extra in ("llm", "mcp", "postgres", "redis") for one in extras[extra]),
    ]
    requirements = [Requirement(one) for one in wanted]
    roots = {normal(r.name) for r in requirements if r.marker is None or r.marker.evaluate()}
    # An extra may be a package of its own: psycopg[binary] is psycopg-binary.
    roots |= {normal(f"{r.name}-{extra}") for r in requirements for extra in r.extras}
    return needed_by(packages, roots) - {_OWN}


def missing_from(document: Mapping[str, Any], packages: Mapping[str, Package], needed: Collection[str]) -> list[str]:
    """Return what of ``needed`` a CycloneDX document does not list in the version that is installed."""
    listed = {(normal(c["name"]), c.get("version", "")) for c in document.get("components", ())}
    return sorted(name for name in needed if name in packages and (name, packages[name].version) not in listed)


@dataclass(frozen=True, slots=True)
class Advisories:
    """What a source of advisories said."""

    asked: int
    unknown: int
    """Packages of which the source knew nothing."""
    vulnerable: tuple[str, ...]
    """Name, version, advisory and the version that mends it."""

    @property
    def was_reached(self) -> bool:
        """Whether anything was learned: a mirror without advisories knows of no package, which is not good news."""
        return self.asked > self.unknown


def read_advisories(said: str) -> Advisories:
    """Read what pip-audit wrote as JSON.

    Raises:
        ValueError: it is something else.
    """
    try:
        found = json.loads(said)["dependencies"]
    except (KeyError, TypeError) as error:
        raise ValueError("no list of dependencies") from error
    vulnerable = tuple(
        f"{one['name']} {one['version']}：{fault['id']}，{'、'.join(fault['fix_versions']) or '尚无'}版本已修复"
        for one in found
        for fault in one.get("vulns", ())
    )
    return Advisories(len(found), sum("skip_reason" in one for one in found), vulnerable)
