"""Keys that code puts together while it runs: every pattern of one, with what fills its gaps, read off the code.

A new ``say(f"section.{name}")`` needs a row here: the pattern, and all that ``name`` can be (of two gaps: "one|other").
"""

from itertools import product
from typing import get_args

from causal.effects.named_effects import EFFECTS
from causal.effects.named_effects import FAMILIES as EFFECT_FAMILIES
from causal.graphs.criteria import CRITERIA
from causal.identification.algorithms.derivation import Rule
from causal.labs.curves.linear_worlds import KINDS
from causal.labs.discovery.search_run import METHODS
from causal.labs.portrait.drawing import PARTS
from causal.labs.programs.hidden_worlds import PRIORS, WORLDS
from causal.labs.questions.writing.families import FAMILIES as QUESTIONS
from causal.labs.questions.writing.levels import LEVELS, Why
from causal.labs.questions.writing.naming import NAMINGS
from causal.labs.star.musicians import CASES as STARS
from causal.labs.star.predictors import KINDS as PREDICTORS
from causal.words.catalogue import sentences
from pages.ui.drawing.charts import SERIES
from pages.ui.effects.court import CASES
from pages.ui.shell.menu import entries
from pages.ui.words.sentences import RUNGS

RUNG = ("1", "2", "3")
SWITCHES = ("directed", "experiment", "mechanisms", "monotone", "unconfounded")
FORMS = {form for q in QUESTIONS.values() for form in (q.form, q.mean_form) if form}
GIVEN = {f"{form}_given" for form in FORMS if form in ("share_1", "share_2", "mean_1", "mean_2")}


def _pairs(*parts):
    return ["|".join(pair) for pair in product(*parts)]


def _terms(section):
    return [key.removeprefix(f"{section}.") for key in sentences("en") if key.startswith(f"{section}.")]


FAMILIES = {
    "adjust.{}": ("luck", "no_price", "price"),
    "assume.rung{}": RUNG,
    "assume.{}": ("monotone", "independent", "linear"),
    "charts.{}": SERIES,
    "chatbot.ask.{}": FORMS | GIVEN,
    "chatbot.answer.{}": ("yes", "no", "unknown", "above", "below"),
    "chatbot.clause.{}": ("is", "was", "value", "valued"),
    "chatbot.difficulty.rung_{}": RUNG,
    "chatbot.grade.{}": (
        *("right", "right_interval", "right_unknown", "wrong", "road", "side_road", "too_wide", "other_limits"),
        *("claimed", "claimed_road", "claimed_side", "limits", "gave_up", "gave_up_limits"),
        *("unread_empty", "unread_nothing", "unread_two", "unread_number", "unread_side"),
    ),
    "chatbot.level.{}": LEVELS,
    "chatbot.road.{}": (
        *("seen", "done", "seen_other", "fact", "marginal", "forgot", "reversed"),
        *("mediator", "descendant", "collider", "open", "complement", "sign", "scale"),
    ),
    "chatbot.say.{}": ("monotone", "independent", "open"),
    "chatbot.say.how_{}": ("share", "points", "mean", "in_unit"),
    "chatbot.say.limits_of_{}": ("share", "points", "mean"),
    "choose.{}": ("do", "see", "drop_do", "drop_seen"),
    "court.asked_{}": CASES,
    "court.case_{}": CASES,
    "court.from_{}": ("trial", "survey", "both"),
    "court.monotone_{}": CASES,
    "court.source_{}": CASES,
    "court.story_{}": CASES,
    "court.{}": ("trial", "survey", "died", "lived", "certain", "likely", "number", "open"),
    "court.{}_{}": _pairs(("with", "without"), CASES),
    "crop.{}": PARTS,
    "crowd.after{}": ("", "_near"),
    "crowd.{}": ("drawn", "everybody", "seeing", "seeing_near", "doing", "imagining", "imagining_near"),
    "curves.graph_{}": KINDS,
    "curves.why_{}": KINDS,
    "curves.{}": KINDS,
    "derive.cut_{}": ("both", "into", "out"),
    "derive.{}": get_args(Rule),
    "derive.{}{}": _pairs(("apart", "joined"), ("", "_given")),
    "effects.family_{}": (*EFFECT_FAMILIES, "court"),
    "effects.{}": EFFECTS,
    "effects.{}_name": EFFECTS,
    "glossary.{}": _terms("meaning"),
    "graphs.mark_{}": ("extra", "reversed"),
    "graphs.row_{}": ("right", "open", "reversed", "missing", "extra"),
    "graphs.{}": (*METHODS, "open", "reversed", "missing", "extra", "moves", "still", "moves_hidden", "still_hidden"),
    "imagine.coupling_{}": ("none", "monotone", "independent"),
    "imagine.step{}": RUNG,
    "imagine.walk{}": RUNG,
    "ladder.alt{}": RUNG,
    "ledger.said_{}": ("do", "needed"),
    "ledger.{}": (*SWITCHES, "point", "sharp", "outer", "either"),
    "ledger.{}_help": SWITCHES,
    "machines.show_{}": ("seen", "done", "arrow", "ledger"),
    "machines.source_{}": ("seen", "done", "arrow"),
    "machines.{}": ("x", "with", "without", "do_with", "do_without"),
    "machines.{}_asked": ("seen", "done"),
    "machines.{}_stays": ("seen", "done"),
    "machines.{}_story": ("seen", "done"),
    "meaning.{}": _terms("glossary"),
    "menu.sections.{}": {entry.section for entry in entries() if entry.section},
    "menu.{}.help": [entry.slug for entry in entries()],
    "menu.{}.title": [entry.slug for entry in entries()],
    "paths.{}": ("separated", "connected"),
    "paths.{}_{}": _pairs(("chain", "fork", "collider"), ("open", "blocked")),
    "pictures.head{}": RUNG,
    "predict.{}": ("quantity", "difference", "share", "ratio"),
    "programs.alt_{}": WORLDS,
    "programs.helped_{}": WORLDS,
    "programs.lesson_{}": WORLDS,
    "programs.prior_{}": PRIORS,
    "programs.save_{}": WORLDS,
    "programs.{}": WORLDS,
    "questions.cell_{}": ("number", "limits", "unknown", "decided"),
    "questions.head_{}": LEVELS,
    "questions.pack_{}": ("all", "this", "jsonl", "csv", "key"),
    "questions.place_{}": ("data", "architecture", "parameters", "prompt"),
    "questions.{}": (
        *NAMINGS,
        *("prompt", "reply", "live", "pack", "places"),
        *(why.replace("-", "_") for why in get_args(Why)),
    ),
    "questions.row_{}": QUESTIONS,
    "questions.mean_{}": ("plain", "seen", "more-seen", "done"),
    "rungs.{}": ("see", "do", "imagine"),
    "sets.{}": [name for name in CRITERIA if name != "adjustment"],
    "star.case_{}": (*STARS, "own"),
    "star.{}": PREDICTORS,
    "take.{}": ("toml", "json"),
    "turning.{}": ("before", "after", "within", "together"),
    "verdict.guess_{}": ("works", "fails"),
    "verdict.{}": (
        *("closes-mediator", "descendant", "opens-collider", "opens-collider-below"),
        *("leaves-open", "leaves-direct", "leaves-hidden"),
    ),
    "ways.{}": ("chain", "fork", "collider"),
    "{}.fact_{}": _pairs(RUNGS.values(), ("number", "state")),
    "{}.{}_among": _pairs(("question.imagining",), ("mean", "often")),
    "{}.{}_none": _pairs(("seeing", "question.seeing"), ("mean", "often")),
    "{}.{}_then_{}": _pairs(("doing", "question.doing"), ("mean", "often"), ("numbers", "states")),
    "{}.{}_{}": [
        *_pairs(("seeing", "question.seeing"), ("mean", "often"), ("number", "state", "numbers", "states")),
        *_pairs(
            ("doing", "imagining", "question.doing", "question.imagining"),
            ("mean", "often"),
            ("number", "state", "several"),
        ),
    ],
}
