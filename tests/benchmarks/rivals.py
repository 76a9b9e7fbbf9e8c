"""What is measured against: a raw contraction of the same factors, and pyAgrum's lazy propagation kept alive."""

from __future__ import annotations

import numpy as np
import opt_einsum
import pyagrum as gum

from causal.rungs.compiled_question import CompiledQuestion


class Floor:
    """The factors of a question with the evidence indexed, contracted along a path that was compiled once."""

    def __init__(self, question: CompiledQuestion, values: list[tuple[str, ...]]) -> None:
        network = question.network
        symbol = {name: opt_einsum.get_symbol(i) for i, name in enumerate(network.sizes)}
        self.operands = []
        for at in values:
            index = question.index(at)
            parts, operands = [], []
            for factor in network.factors:
                place = tuple(index.get(axis, slice(None)) for axis in factor.axes)
                operands.append(np.array(factor.values[place]))
                parts.append("".join(symbol[axis] for axis in factor.axes if axis not in index))
            self.operands.append(operands)
        output = "".join(symbol[name] for name in question.targets)
        shapes = [o.shape for o in self.operands[0]]
        self.expression = opt_einsum.contract_expression(",".join(parts) + "->" + output, *shapes, optimize="auto")

    def ask(self, step: int) -> np.ndarray:
        """The joint of target and evidence."""
        return self.expression(*self.operands[step % len(self.operands)])


class Agrum:
    """The same network of worlds in pyAgrum."""

    def __init__(self, question: CompiledQuestion, values: list[tuple[str, ...]]) -> None:
        network = question.network
        self.tables = []
        held = set(network.held.values())
        for name in held:
            self.tables.append((name, (), network.sizes[name], [1.0 / network.sizes[name]] * network.sizes[name]))
        for factor in network.factors:
            own, *parents = factor.axes
            order = [*range(len(parents), 0, -1), 0]
            self.tables.append(
                (own, tuple(parents), network.sizes[own], factor.values.transpose(order).ravel().tolist())
            )
        (self.target,) = question.targets
        self.evidence = [question.index(at) for at in values]

    def build(self) -> tuple[gum.BayesNet, gum.LazyPropagation]:
        """The network and an inference engine for it, with the evidence of the first step."""
        net = gum.BayesNet()
        for name, _, size, _ in self.tables:
            net.add(gum.RangeVariable(name, name, 0, size - 1))
        for name, parents, _, _ in self.tables:
            for parent in parents:
                net.addArc(parent, name)
        for name, _, _, values in self.tables:
            net.cpt(name).fillWith(values)
        engine = gum.LazyPropagation(net)
        engine.addTarget(self.target)
        engine.setEvidence(self.evidence[0])
        return net, engine

    def first(self) -> np.ndarray:
        """Build, and answer the first question."""
        self.net, self.engine = self.build()
        self.engine.makeInference()
        return self.engine.posterior(self.target).toarray()

    def ask(self, step: int) -> np.ndarray:
        """Change what moved, and answer again."""
        before, now = self.evidence[(step - 1) % len(self.evidence)], self.evidence[step % len(self.evidence)]
        for name, state in now.items():
            if before[name] != state:
                self.engine.chgEvidence(name, state)
        self.engine.makeInference()
        return self.engine.posterior(self.target).toarray()
