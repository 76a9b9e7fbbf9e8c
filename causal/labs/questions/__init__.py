"""The question laboratory for language models: what must a prompt hold, so that a question has an answer at all?

Questions and prompts are written (``writing``), answers are read (``reading``) and held against their key
(``grading``); ``endpoint`` asks a language model live. Words stand in the catalogue.
"""
