"""The ladder: seeing, doing, imagining, each a special case of the next (Pearl 2009, section 1.4 and theorem 7.1.7).

    rung 3   P(y_x | facts)     several worlds that share the unit's own chance: abduct, act, predict
    rung 2   P(y | do(x))       rung 3 with no facts about another world: all that is asked stands in the one world M_x
    rung 1   P(y | x)           rung 2 with no action: that one world is the factual one

So one compiled question serves all rungs.
"""
