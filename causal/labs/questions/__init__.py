"""The question laboratory for language models: what must a prompt hold, so that a question has an answer at all?

    naming        a story under its own names, under swapped ones, or in nonsense words
    families      the kinds of question, one row each
    sheet         the part of a story that is told, and questions about it
    telling       a question in plain words
    moments       means, spreads and correlations, of what is continuous
    levels        data, graph, experiment, mechanisms: what each makes answerable, by proof
    tolerance     how near an answer must come
    mechanisms    every rule of a story, in words
    prompting     the prompt
    roads         known wrong roads, computed exactly
    difficulty    how hard a question is
    keys          the key to a question, as plain data
    numerals      numbers in running text, in many spellings
    plain         an answer's text without its dress
    passages      where in it the answer may stand
    ranges        limits in a line
    asides        what in a line is beside the answer
    stances       yes, no, and "cannot be known", in words
    reading       an answer that somebody wrote
    keyfile       a key from a line of its file, every field checked
    grading       right or wrong, and which wrong road
    packing       questions for a class, and their key
    marking       a class's answers, marked: the command ``python -m causal grade``
    asking        a language model, asked live

Words stand in the catalogue.
"""
