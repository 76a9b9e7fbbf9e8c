"""The page Derive, without a browser: its verdicts, its numbers, its witnesses, and rules that a visitor chooses."""

import pytest

import causal
from causal.files.shelf import gallery
from causal.words.numbers import probability
from tests.pages.visits import run, texts

PAGE = "pages/6_derive.py"
GRAPHS = {path.stem: path for path in gallery()}


@pytest.fixture(scope="module", autouse=True)
def engine():
    causal.warm_up()


def press(app, words):
    next(button for button in app.button if words in button.label).click()
    return app.run()


def test_the_front_door_is_known_and_its_number_is_the_engines():
    app = run(PAGE, derive_graph="front-door")
    exact = causal.ask(causal.load(GRAPHS["front-door"]), "P(Y=1 | do(X=1))").value
    shown = texts(app)
    assert "Yes, data can tell" in shown
    assert shown.count(probability(exact)) == 2  # the formula's number, and the model's own
    assert r"\sum_{m} P(m \mid X{=}1)" in shown


def test_every_step_of_the_front_door_has_its_rule_and_those_of_do_calculus_their_cuts():
    model = causal.load(GRAPHS["front-door"])
    derivation = causal.identify(model, "P(Y=1 | do(X=1))").derivation
    for number, step in enumerate(derivation, start=1):
        app = run(PAGE, derive_graph="front-door", derive_step=str(number))
        assert not app.exception and not app.error
        assert ("do-calculus" in texts(app)) == (step.licence is not None)
        if step.licence:
            assert "no open path joins" in texts(app)


def test_the_instrument_is_not_known_and_two_models_show_it():
    app = run(PAGE, derive_graph="instrument")
    found = causal.identify(causal.load(GRAPHS["instrument"]), "P(Y=1 | do(X=1))").witness
    shown = texts(app)
    assert "No, data cannot tell" in shown
    assert all(probability(value) in shown for value in found.values)


def test_an_experiment_makes_the_instrument_known():
    app = run(PAGE, derive_graph="instrument", derive_experiments=["X"])
    assert "Yes, data and these experiments can tell" in texts(app)
    assert not app.exception and not app.error


@pytest.mark.parametrize("hidden, known", [([], True), (["Label"], False), (["Label", "TikTok"], False)])
def test_hiding_a_common_cause_of_record_sales_takes_the_answer_away(hidden, known):
    app = run(PAGE, model="record-sales", derive_hidden=hidden)
    shown = texts(app)
    assert not app.exception and not app.error
    assert ("Yes, data can tell" in shown) == known
    assert ("Model B answers" in shown) != known


@pytest.mark.parametrize(
    "question", ["P(", "P(Nobody=1)", "<script>", "💥" * 50, "P(Sales", "1e999", "P(Sales=1 | do(X"]
)
def test_a_question_that_cannot_be_read_is_one_error_in_place(question):
    app = run(PAGE, derive_query=question)
    assert not app.exception
    assert len(app.error) <= 1 and app.title
    assert len(app.error) == 1 or question == "1e999"
    assert any(node.type == "graphviz_chart" for node in app.main)


def test_where_no_integral_is_worked_out_no_second_number_confirms_the_first():
    shown = texts(run(PAGE, model="record-sales"))
    assert "The integrals are not worked out" in shown and "259" in shown
    assert "asked directly" not in shown


def test_a_sum_of_unknown_parts_without_two_models_is_called_undecided():
    question = "E(Sales | do(Radio=1000)) - E(Sales | do(Radio=0))"
    shown = texts(run(PAGE, model="record-sales", derive_hidden=["Label"], derive_query=question))
    assert "Not decided" in shown and "data cannot tell" not in shown


def test_asking_for_what_is_hidden_is_an_error_in_place():
    app = run(PAGE, derive_graph="front-door", derive_hidden=["Y"])
    assert not app.exception and len(app.error) == 1


@pytest.mark.parametrize("name", GRAPHS)
def test_every_graph_of_the_gallery_has_its_verdict(name):
    model = causal.load(GRAPHS[name])
    verdict = causal.identify(model, f"P({model.outcome}=1 | do({model.treatment}=1))")
    app = run(PAGE, derive_graph=name)
    assert not app.exception and not app.error
    assert ("Yes, data can tell" in texts(app)) == verdict.identifiable


def test_a_wrong_rule_is_refuted_by_the_two_sides_numbers():
    app = press(run(PAGE, derive_graph="front-door", derive_own="true"), "Rule 2")
    shown = texts(app)
    assert "The graph does not allow this" in shown
    model = causal.load(GRAPHS["front-door"])
    for side in ("P(Y=1 | do(X=1))", "P(Y=1 | X=1)"):
        assert probability(causal.ask(model, side).value) in shown


def test_a_right_rule_goes_on_until_no_action_is_left():
    app = run(PAGE, derive_graph="front-door", derive_own="true", derive_query="P(M=1 | do(X=1))")
    app = press(app, "Rule 2")
    assert "No do( ) is left" in app.success[0].value
    assert "no open path joins" in texts(app)
    assert not press(app, "Start again").success


def test_a_link_restores_the_rules_that_were_chosen_and_what_came_of_the_last():
    asked = {"derive_graph": "front-door", "derive_own": "true", "derive_query": "P(Y=1 | do(X=1), M=1)"}
    app = press(
        press(run(PAGE, **asked), "**leave out** that the turning up is seen"), "Rule 2: **see** the signing up"
    )
    there = run(PAGE, **asked, derive_moves=app.session_state["derive_moves"]).run()
    assert app.session_state["derive_moves"]
    assert texts(there) == texts(app)


def test_rules_of_another_question_are_forgotten():
    app = press(run(PAGE, derive_graph="front-door", derive_own="true", derive_query="P(M=1 | do(X=1))"), "Rule 2")
    assert app.success
    app.text_input(key="derive_query").set_value("P(Y=1 | do(X=1))").run()
    assert not app.success and not app.session_state["derive_moves"]


def test_moves_that_no_rule_makes_are_left_out():
    app = run(PAGE, derive_graph="front-door", derive_own="true", derive_moves="see X, fly Z, see Y")
    assert not app.exception and not app.error
    assert "The graph does not allow this" in texts(app)


@pytest.mark.parametrize(
    ("model", "question", "words"),
    [
        (
            "smallpox",
            "P(D=1 | do(V=0))",
            "that the child is dead, if we **make sure** that the vaccination is left out",
        ),
        ("smallpox", "P(D=1 | V=0)", "that the child is dead, where we **see** that the vaccination is left out"),
        (
            "smallpox",
            "P(D[V=0]=1 | V=1)",
            "would the child be dead, **had** the vaccination been left out, among those",
        ),
        ("record-sales", "E(Sales | do(Radio=10))", "sales in 6 months on average, if we **set** radio play to 10"),
    ],
)
def test_the_question_is_said_in_the_storys_words(model, question, words):
    assert words in texts(run(PAGE, model=model, derive_query=question))


@pytest.mark.parametrize("question", ["P(D[V=1]=1, D[V=0]=0)", "P(D=1) - P(D=0)", "P(D)", "P(D[V=1, S=S[V=0]]=1)"])
def test_no_question_is_too_strange_for_the_page(question):
    app = run(PAGE, model="smallpox", derive_query=question)
    assert not app.exception and not app.error
