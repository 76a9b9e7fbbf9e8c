"""The imagination labs: pictures, curves, predictors, language models and programs, each held against the engine.

Every number of a lab is the engine's, or that of a model fitted here, from a seed, to data drawn from a story.
"""
