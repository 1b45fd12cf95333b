"""The fit command writes a fitted ranking to a file here, and every process that ranks reads it back.

The file is skops (no pickle) and holds nothing but numbers, texts and arrays, so that reading it can run no code. Its
fingerprint is a digest of what was learned, not of the file: the same outcomes give the same one on any machine.
"""

import dataclasses
import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from services.matching.matcher.ranking.features.affinity import SkillAffinity
from services.matching.matcher.ranking.model import Calibration, Curve, Families, Fitted, Learned, Model

SUFFIX = ".skops"
FORMAT = 2
"""Counted up when a part is added or changes its meaning; an older file is refused and fitted again."""
_DIGITS = 10
"""Significant digits of the fingerprint: sums of another processor may differ in the last ones."""
_NESTED = {"learned": Learned, "families": Families, "calibration": Calibration}


class UnreadableArtefact(Exception):
    """The file is missing, is of another format, or does not hold what its name says."""


def fingerprint_of(fitted: Fitted) -> str:
    """`model-` and sixteen hexadecimal digits."""
    digest = hashlib.sha256(json.dumps(_canonical(_plain(fitted)), sort_keys=True).encode())
    return "model-" + digest.hexdigest()[:16]


def save(fitted: Fitted, folder: Path) -> Path:
    """Write the file; it is complete before it carries its name."""
    import skops.io  # seconds of importing, which only the commands of learning and a taught house need

    folder.mkdir(parents=True, exist_ok=True)
    path = folder / (fingerprint_of(fitted) + SUFFIX)
    unfinished = path.with_suffix(".part")
    skops.io.dump({"format": FORMAT, **_plain(fitted)}, unfinished)
    return unfinished.replace(path)


def load(folder: Path, fingerprint: str) -> Fitted:
    """The fit of this fingerprint, which the caller must have from the list of known ones.

    Raises:
        UnreadableArtefact: with a sentence for the log.
    """
    path = folder / (fingerprint + SUFFIX)
    if not path.is_file():
        raise UnreadableArtefact(f"{path} is missing.")
    import skops.io

    try:
        document = skops.io.load(path, trusted=[])
        if document.pop("format", None) != FORMAT:
            raise UnreadableArtefact(f"{path} was written by another version; fit again.")
        models = {kind: document[kind] and _model(document[kind]) for kind in ("orders", "courses")}
        fitted = Fitted(**models, suits=document["suits"] and _of(SkillAffinity, document["suits"]))
    except UnreadableArtefact:
        raise
    except Exception as error:  # whatever a broken file makes of the reader, it is a broken file
        raise UnreadableArtefact(f"{path} cannot be read: {error}") from error
    if fingerprint_of(fitted) != fingerprint:
        raise UnreadableArtefact(f"{path} holds {fingerprint_of(fitted)}.")
    return fitted


def _plain(value: Any) -> Any:
    """Dataclasses as dictionaries, all the way down."""
    if dataclasses.is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    return [_plain(part) for part in value] if isinstance(value, tuple) else value


def _model(document: Mapping[str, Any]) -> Model:
    found: Model = _of(Model, document)
    return found


def _of(cls: Any, document: Mapping[str, Any]) -> Any:
    values = {name: _of(_NESTED[name], value) if name in _NESTED else _part(value) for name, value in document.items()}
    return cls(**values)


def _part(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(_of(Curve, part) if isinstance(part, Mapping) else part for part in value)
    return value


def _canonical(value: Any) -> Any:
    """The same text for the same numbers, wherever they were computed."""
    if isinstance(value, Mapping):
        return {key: _canonical(part) for key, part in value.items()}
    if isinstance(value, list):
        return [_canonical(part) for part in value]
    if isinstance(value, np.ndarray):
        return [value.dtype.kind, *(_canonical(part) for part in value.tolist())]
    return f"{value:.{_DIGITS}g}" if isinstance(value, float) else value
