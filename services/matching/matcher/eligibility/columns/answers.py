"""The few things that columns are made of: three answers, and the least and the most of several columns."""

import numpy as np
import numpy.typing as npt

from services.matching.matcher.eligibility.status import Status

Bytes = npt.NDArray[np.int8]
Truth = npt.NDArray[np.bool_]

MET, UNKNOWN, NOT_MET = np.int8(Status.MET), np.int8(Status.UNKNOWN), np.int8(Status.NOT_MET)


def status_of(holds: bool | None) -> Status:
    return Status.UNKNOWN if holds is None else Status.MET if holds else Status.NOT_MET


def three(holds: Truth, unknown: Truth | None = None) -> Bytes:
    """MET where it holds, else UNKNOWN where that is said, else NOT_MET."""
    answer = holds.astype(np.int8) * MET
    return answer if unknown is None else np.maximum(answer, unknown.astype(np.int8))


def least(parts: list[Bytes], size: int) -> Bytes:
    return np.minimum.reduce(parts) if parts else np.full(size, MET, dtype=np.int8)


def most(parts: list[Bytes], size: int) -> Bytes:
    return np.maximum.reduce(parts) if parts else np.zeros(size, dtype=np.int8)
