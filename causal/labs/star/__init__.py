"""The star-graph trap: a predictor is asked "what if" by editing one input, and the model of causes is asked too.

Who edits one input and leaves the others as they are assumes a star: every input an arrow into the outcome, and no
arrow among the inputs. Where the graph is a star, and nothing is missing, the edit is right. Else it need not be.
"""
