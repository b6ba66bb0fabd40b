"""The types of the arrays of this package. Shapes are stated where an array is used."""

from __future__ import annotations

from typing import Any, TypeAlias

import numpy as np

Ints: TypeAlias = np.ndarray[Any, np.dtype[np.int64]]
Choices: TypeAlias = np.ndarray[Any, np.dtype[np.int8]]
Floats: TypeAlias = np.ndarray[Any, np.dtype[np.float64]]
Mask: TypeAlias = np.ndarray[Any, np.dtype[np.bool_]]
Singles: TypeAlias = np.ndarray[Any, np.dtype[np.float32]]
"""Single precision: twice as fast, and the errors of a log likelihood are below a thousandth."""
