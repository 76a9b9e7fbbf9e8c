"""Identification: can a question be known from data, given the graph alone, and by which formula?

    identify(model, "P(Y=1 | do(X=1))", experiments=["Z"])      the door, in ``verdicts``

Formulas
    estimand          probabilities, products, sums and fractions, as values
    simplifying       as a textbook would write them
    formulas          in LaTeX and in plain text
    evaluation        their numbers, on tables of what was measured
Algorithms, a published one a file
    regions           ancestors and districts, by look-up
    derivation        verdicts, and the steps that lead to them
    effects           ID: P(y | do(x))                          Shpitser and Pearl 2006
    conditional       IDC: P(y | do(x), z)                      Shpitser and Pearl 2006
    experiments       gID: with experiments at hand             Lee, Correa and Bareinboim 2019
    responses         potential responses, written by their parents
    counterfactuals   ID* and IDC*: several worlds              Shpitser and Pearl 2007, Correa and others 2021
Do-calculus
    rules             one move at a time
    coarsening        numbers told as low and high
    refuting          a wrong move, refuted by a number
Proofs that something cannot be known
    scenes            probabilities and their derivatives as functions of the mechanisms
    fibres            a walk through the models that agree on what is measured
    completing        from a model of part of a graph to one of the whole
    witness           two models that look the same and answer differently
From the query language and back
    points            a question as arithmetic on terms in which all have a value
    cancelling        what cannot be known may cancel
    questions         one such term, on any rung
    telling           the estimand of a whole question
    reading           what the door is asked
    measuring         what would be measured in a model that has numbers
    verdicts          the door
"""

from causal.identification.algorithms.derivation import Identified, NotIdentified, Separation, Step
from causal.identification.verdicts import Verdict, identify

__all__ = ["Identified", "NotIdentified", "Separation", "Step", "Verdict", "identify"]
