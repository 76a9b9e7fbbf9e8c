"""Why the rungs do not collapse: the same data, another effect; the same experiments, another "what if"."""

from causal.words.catalogue import say
from pages.ui.controls import controls, stories
from pages.ui.hierarchy import levers, switches, turned_arrow
from pages.ui.look import look
from pages.ui.shell import foot, frame

ICON = ":material/account_tree:"
SECTION = "follows"

SHOWN = ("seen", "done", "arrow", "ledger")
TERMS = {
    "seen": ("confounding", "do", "exogenous"),
    "done": ("counterfactual", "randomisation", "exogenous"),
    "arrow": ("confounding", "adjusting", "mediator"),
}

frame.enter(__file__)
model = stories.current()
look.title(3, say("machines.title"))
options = {name: say(f"machines.show_{name}") for name in SHOWN}
chosen = controls.one_of(say("machines.show"), options, "machines_show", "seen", quiet=True)

with frame.trouble_shown():
    if chosen == "seen":
        levers.draw(levers.same_seen())
    elif chosen == "done":
        levers.draw(levers.same_done())
    elif chosen == "arrow":
        turned_arrow.draw()
    else:
        switches.draw(model)
if chosen == "ledger":
    terms = ("coupling", "confounding", "randomisation", "counterfactual")
    foot.draw("machines", model, 3, terms, foot.example_of(model, 2))
else:
    foot.without_story("machines", say(f"machines.source_{chosen}"), TERMS[chosen])
