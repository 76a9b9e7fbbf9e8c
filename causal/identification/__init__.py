"""What may be concluded from a graph: can a question be known from data, and by which formula?

causal.identify(model, "P(Y=1 | do(X=1))", experiments=["Z"])        verdicts: the door

estimand          a formula as a value            formulas, evaluation      written down, and its number
regions           ancestors and districts         derivation                verdicts and their steps
effects           ID: P(y | do(x))                conditional               IDC: P(y | do(x), z)
experiments       gID: with experiments           responses, counterfactuals    ID*, IDC*: several worlds
coarsening        numbers as low and high         rules, refuting            do-calculus, one move at a time
scenes, fibres, witness      two models that look the same and answer differently
measuring         what would be measured in a model that has numbers
points, questions, telling, verdicts              from the query language to an answer and back
"""

from causal.identification.derivation import Identified, NotIdentified, Separation, Step
from causal.identification.verdicts import Verdict, identify

__all__ = ["Identified", "NotIdentified", "Separation", "Step", "Verdict", "identify"]
