"""The kinds of mechanisms f_V, one class a kind; what is asked of any of them is in ``protocol``.

A new kind is a class and a place in the union below. Code that tells kinds apart matches the union and ends with
``assert_never``: the type checker then names every place that does not know the new kind yet.
"""

from causal.models.mechanisms.function import Function
from causal.models.mechanisms.linear import Linear
from causal.models.mechanisms.table import Coupling, Table

Mechanism = Table | Function | Linear

__all__ = ["Coupling", "Function", "Linear", "Mechanism", "Table"]
