"""The projection of a polytope: the corners of its image under a few linear forms.

A polytope may have more corners than can be listed, while its image in a few dimensions has few. They are found by
asking for the farthest point in a direction, until no face of the hull of those found can be moved outwards.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from causal.ranges.spans import Array

SAME = 1e-9
MOST_PROBES = 400
MOST_DIMENSIONS = 5


def projection(most: Callable[[Array], Array], forms: Array, probes: int = MOST_PROBES) -> list[Array] | None:
    """Points whose images under ``forms`` (forms x columns) are all corners of the whole image.

    ``most`` gives a point where a weighted sum over the columns is greatest. None if it takes more than so many
    ``probes``, or the image has too many dimensions.
    """
    return _Projection(most, forms, probes).corners()


class _Projection:
    """The search for the corners of an image; ``found`` holds the points met, ``left`` how many more may be asked."""

    def __init__(self, most: Callable[[Array], Array], forms: Array, probes: int) -> None:
        self.most, self.forms = most, forms
        self.found: list[Array] = []
        self.left = min(MOST_PROBES, probes)

    def probe(self, direction: Array) -> Array:
        """The image's farthest point in a direction."""
        self.left -= 1
        point = self.most(direction @ self.forms)
        self.found.append(point)
        image: Array = self.forms @ point
        return image

    def corners(self) -> list[Array] | None:
        """Points above the corners of the image; None if that takes too long."""
        axes = self.axes(self.probe(np.zeros(len(self.forms))))
        if axes is None or len(axes) < 2:
            return None if axes is None else self.found[:1] if not axes else self.ends(axes[0] @ self.forms)
        return self.hull(np.array(axes) @ self.forms)

    def axes(self, first: Array) -> list[Array] | None:
        """Perpendicular directions that span all differences between points of the image; None if there are many."""
        axes: list[Array] = []
        while True:
            before = len(axes)
            for axis in np.eye(len(first)):
                rest = axis - sum(((axis @ a) * a for a in axes), np.zeros(len(first)))
                if np.linalg.norm(rest) < SAME:
                    continue
                ends = self.probe(rest), self.probe(-rest)
                along = [p - first for p in ends if abs((p - first) @ rest) > SAME]
                if along:
                    fresh = along[0] - sum(((along[0] @ a) * a for a in axes), np.zeros(len(first)))
                    axes.append(fresh / np.linalg.norm(fresh))
                if len(axes) > MOST_DIMENSIONS or self.left < 0:
                    return None
            if len(axes) == before:
                return axes

    def ends(self, form: Array) -> list[Array]:
        """The two ends of an image that is a line."""
        places = [float(form @ point) for point in self.found]
        return [self.found[int(np.argmin(places))], self.found[int(np.argmax(places))]]

    def hull(self, forms: Array) -> list[Array] | None:
        """The corners of an image in two dimensions or more."""
        from scipy.spatial import ConvexHull, QhullError

        settled: set[tuple[float, ...]] = set()
        while True:
            try:
                hull = ConvexHull(np.array([forms @ point for point in self.found]))
            except QhullError:
                return None
            faces = {tuple(np.round(face, 7)): face for face in hull.equations}
            fresh = [face for name, face in faces.items() if name not in settled]
            if not fresh:
                return [self.found[i] for i in sorted(hull.vertices)]
            if len(fresh) > self.left:
                return None
            settled.update(faces)
            for face in fresh:
                self.left -= 1
                point = self.most(face[:-1] @ forms)
                if face[:-1] @ (forms @ point) + face[-1] > SAME:
                    self.found.append(point)
