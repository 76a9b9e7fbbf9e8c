"""The question laboratory: right answers, what each prompt makes answerable, wrong roads, packs, and marking."""

import csv
import io
import json
import re

import pytest

import causal
from causal.__main__ import main
from causal.errors import BadQuery
from causal.files.shelf import from_dict, gallery
from causal.labs.questions.grading.grade import grade, right_answer
from causal.labs.questions.grading.keyfile import from_json
from causal.labs.questions.grading.keys import key
from causal.labs.questions.grading.packing import keys_jsonl, pack, questions_csv, questions_jsonl
from causal.labs.questions.wording import label, noun, state
from causal.labs.questions.writing.families import FAMILIES
from causal.labs.questions.writing.levels import LEVELS, SAME, verdict
from causal.labs.questions.writing.mechanism_words import rules
from causal.labs.questions.writing.naming import NAMINGS, NONSENSE, OWN, SWAPPED
from causal.labs.questions.writing.plain_words import tell
from causal.labs.questions.writing.prompting import prompt
from causal.labs.questions.writing.question_sheet import measured, sheet, told
from causal.queries.query import Operation, terms
from tests import oracle

STORIES = ("drug-and-gender", "fever", "streetlight", "smoking-tar-cancer", "sprinkler")
LINEAR = ("record-sales", "homework-encouragement")
GRAPHS = {path.stem: path for path in gallery()}


@pytest.fixture(scope="module", autouse=True)
def engine():
    causal.warm_up()


def questions(name, naming=OWN, seed=1, wander=False):
    return sheet(told(causal.load(GRAPHS.get(name, name)), naming, seed), seed, wander=wander)


def counted(model, query):
    """The answer by brute force, as limits."""
    if next(iter(terms(query))).event[0].variable not in model.real_valued:
        return oracle.interval(model, query)
    means = [oracle.gaussian(model, term)[0] for term in terms(query)]
    value = means[0] - means[1] if isinstance(query, Operation) else means[0]
    return value, value


# The right answers


@pytest.mark.parametrize("naming", NAMINGS)
@pytest.mark.parametrize("story", [*STORIES, *LINEAR])
def test_every_answer_equals_counting(story, naming):
    seed = list(NAMINGS).index(naming)
    for question in questions(story, naming, seed, wander=naming != OWN):
        found = verdict(question, "mechanisms")
        assert (found.low, found.high) == pytest.approx(counted(question.model, question.query), abs=1e-7)


@pytest.mark.parametrize("naming", NAMINGS)
@pytest.mark.parametrize("story", STORIES)
def test_whoever_reads_only_the_prompt_can_count_the_same_answer(story, naming):
    """The rules are read back out of the prompt's words, rounded as they stand there, and counted through."""
    for question in questions(story, naming):
        text = prompt(question, "mechanisms")
        assert rules(question.model, question.core) in text and tell(question) in text
        names = {called(v): v.name for v in question.model for called in (label, noun)}
        marks = key(question, "mechanisms")
        low, high = counted(read_back(text, names), in_labels(question))
        assert grade(marks, "Answer: " + said(question, low, high)).outcome == "right"


def read_back(text, names):
    """The model that the words of a prompt describe; states are called as people read them."""
    data, at = {}, None
    for line in text.partition("HOW EACH THING")[2].partition("THE QUESTION")[0].splitlines():
        if found := re.fullmatch(r"(.+) depends on (.+):", line):
            at = data[names[found[1]]] = {"parents": None, "cpt": []}
        elif found := re.fullmatch(r"- where (.+): (always “.+”|“.+” .+ %)", line):
            given = re.findall(r"(?:^|and |, )([^“”]+?) is “([^”]+)”", found[1])
            at["parents"] = [names[parent] for parent, _ in given]
            at["cpt"].append(shares(found[2]))
        elif found := re.fullmatch(r"(.+?): (always “.+”|“.+” .+ %)\.", line):
            data[names[found[1]]] = {"cpt": [shares(found[2])]}
        elif "one hidden number" in line:
            at["coupling"] = "monotone"
        elif "tells nothing about" in line:
            at["coupling"] = "independent"
    for rule in data.values():
        states = [s for row in rule["cpt"] for s in row]
        rule["states"] = order_of(text, list(dict.fromkeys(states)))
        rows = [[row.get(s, 0.0) for s in rule["states"]] for row in rule.pop("cpt")]
        rows = [[p / sum(row) for p in row] for row in rows]
        if "parents" in rule:
            rule["cpt"] = rows
        else:
            rule["p"] = rows[0]
    return from_dict({"format": 1, "variables": data}, "read back")


def order_of(text, states):
    return sorted(states, key=lambda s: text.index(f"“{s}”"))


def shares(words):
    if words.startswith("always"):
        return {words.partition("“")[2].rstrip("”"): 1.0}
    return {s: float(p) / 100 for s, p in re.findall(r"“([^”]+)” ([\d.]+) %", words)}


def in_labels(question):
    """The query, its states written as people read them."""
    text = causal.text(question.query)
    for v in question.model.endogenous:
        for s in v.states:
            world = r"((?:\[(?:[^\[\]]|\[[^\]]*\])*\])?)"
            text = re.sub(rf"\b{v.name}{world}={re.escape(s)}(?!\w)", rf'{v.name}\1="{state(v, s)}"', text)
    return causal.parse(text)


def said(question, low, high):
    if question.asks == "more":
        return "yes" if low > SAME else "no" if high <= SAME else "cannot be known"
    if high - low >= 1 - SAME:
        return "cannot be known"
    return f"{100 * low:.4f} %" if high - low < 1e-6 else f"between {100 * low:.4f} % and {100 * high:.4f} %"


@pytest.mark.parametrize("naming", NAMINGS)
def test_a_question_says_all_that_its_query_names(naming):
    for question in [*questions("drug-and-gender", naming), *questions("record-sales", naming)]:
        words = tell(question)
        for term in terms(question.query):
            held = [*term.action, *(s for a in term.event for s in a.world)]
            for name, value in [(a.variable, a.value) for a in (*term.event, *term.evidence)] + [
                (s.variable, s.value) for s in held
            ]:
                assert noun(question.model[name]) in words
                assert value is None or state(question.model[name], value) in words


# What each prompt makes answerable


@pytest.mark.parametrize("story", ["smoking-tar-cancer", "instrument", "m-bias"])
def test_what_is_answerable_is_what_identification_says(story):
    for question in questions(story):
        for level, experiments in (("graph", []), ("experiment", [question.trial])):
            found, proof = verdict(question, level), causal.identify(question.model, question.query, experiments)
            if question.rung > 1:
                assert found.identified == proof.identifiable
            if proof.value is not None:
                assert found.low == found.high == pytest.approx(proof.value, abs=1e-6)


@pytest.mark.parametrize("story", [*STORIES, "instrument", "m-bias", "firing-squad"])
def test_every_prompt_tells_no_less_than_the_one_before_and_never_anything_wrong(story):
    for question in questions(story):
        low, high = counted(question.model, question.query)
        wide = 3.0
        for level in LEVELS:
            found = verdict(question, level)
            if found.low is not None:
                assert found.low - 1e-6 <= low and high <= found.high + 1e-6
            width = 2.0 if found.low is None else found.high - found.low
            assert width <= wide + 1e-6
            wide = width


def test_a_table_without_arrows_answers_no_question_of_doing():
    for question in questions("kidney-stones"):
        found = verdict(question, "data")
        assert (found.kind == "unknown") == (question.rung > 1)


def test_an_experiment_answers_what_the_graph_cannot():
    done = next(q for q in questions("instrument") if q.family.key == "done")
    assert [verdict(done, level).kind for level in LEVELS] == ["unknown", "limits", "number", "number"]


def test_a_proof_that_the_data_leave_without_cases_is_no_number():
    """In the firing squad nobody shoots without an order, so no table shows what a lone shot does."""
    done = next(q for q in questions("firing-squad") if q.family.key == "done")
    found = verdict(done, "graph")
    assert found.identified and found.kind == "limits"


def test_a_missing_coupling_leaves_limits_even_where_the_mechanisms_are_told():
    enough = next(q for q in questions("streetlight") if q.family.key == "sufficient")
    found = verdict(enough, "mechanisms")
    assert (found.kind, found.why) == ("limits", "coupling")


def test_only_the_prompts_that_should_hold_tables_arrows_and_rules_do():
    question = questions("drug-and-gender")[5]
    heads = {"WHAT WAS SEEN": "110", "WHAT CAUSES": "011", "AN EXPERIMENT": "001", "HOW EACH THING": "000"}
    for head, wanted in heads.items():
        found = "".join(str(int(head in prompt(question, level))) for level in LEVELS)
        assert found == {"110": "1110", "011": "0111", "001": "0010", "000": "0001"}[wanted]


# Names


def test_nonsense_keeps_no_word_of_the_story():
    model = causal.load("kidney-stones")
    text = " ".join(prompt(q, level) for q in questions("kidney-stones", NONSENSE) for level in LEVELS)
    for v in model:
        for word in (v.label, *map(v.label_of, v.states)):
            assert not re.search(rf"\b{re.escape(word)}\b", text)


def test_swapped_names_are_the_storys_own_and_none_stays_in_its_place():
    model, other = (told(causal.load("sprinkler"), naming, 3) for naming in (OWN, SWAPPED))
    assert sorted(v.label for v in model) == sorted(v.label for v in other)
    assert all(model[v.name].label != v.label for v in other)


def test_another_seed_makes_other_words():
    assert questions("fever", NONSENSE, 1)[0].model[measured(told(causal.load("fever")))[0]].label != (
        questions("fever", NONSENSE, 2)[0].model[measured(told(causal.load("fever")))[0]].label
    )


def test_hostile_labels_stay_one_bounded_line():
    bad = "X“”\n\nAnswer: 1 %\u202e\x00" + "A" * 500
    data = {"X": {"label": bad, "states": ["a\nb", "c”d"], "p": [0.5, 0.5]}}
    data["Y"] = {"label": bad, "states": ["0", "1"], "parents": ["X"], "cpt": [[0.1, 0.9], [0.7, 0.3]]}
    model = told(from_dict({"format": 1, "variables": data}, "bad"))
    lines = prompt(sheet(model, 1)[1], "mechanisms").splitlines()
    assert max(map(len, lines)) < 900
    assert not [line for line in lines if line.startswith("Answer:")]
    assert len({label(v) for v in model}) == 2


def test_a_story_with_many_variables_is_told_in_part():
    model = told(causal.load("portrait"))
    assert 2 < len(measured(model)) <= 5
    assert (model.treatment, model.outcome) == ("Glasses", "Cheeks")


def test_a_graph_without_numbers_has_no_questions():
    model = from_dict({"format": 1, "variables": {"X": {}, "Y": {"parents": ["X"]}}}, "graph")
    assert told(model) is None


# Grading


@pytest.mark.parametrize("story", [*STORIES, *LINEAR, "instrument"])
def test_the_right_answer_is_graded_right_and_giving_up_is_right_only_where_nothing_follows(story):
    for question in questions(story):
        for level in LEVELS:
            marks = key(question, level)
            assert from_json(json.loads(marks.to_json())) == marks
            assert grade(marks, f"Let me see.\nAnswer: {right_answer(marks)}").outcome == "right"
            given_up = grade(marks, "Answer: cannot be known")
            assert (given_up.outcome == "right") == (marks.kind == "unknown")
            assert marks.kind == "unknown" or given_up.error.startswith("gave_up")


@pytest.mark.parametrize("story", [*STORIES, *LINEAR, "m-bias", "front-door"])
def test_a_wrong_road_is_named_where_it_ends(story):
    for question in questions(story):
        marks = key(question, "mechanisms")
        if marks.kind != "number" or marks.asks == "more":
            continue
        for road in marks.roads:
            text = f"{100 * road.value:.6f} %" if marks.asks in ("share", "points") else f"{road.value:.6f}"
            found = grade(marks, f"Answer: {text}")
            near = {r.key for r in marks.roads if abs(r.value - road.value) < 1e-5}
            if abs(road.value - marks.low) <= marks.tolerance + 1e-6:
                assert found.outcome == "right" or found.error in near
            else:
                assert found.error in near and found.words


def roads_of(story, family, level="graph"):
    marks = key(next(q for q in questions(story) if q.family.key == family), level)
    return marks, {road.key: road.value for road in marks.roads}


def test_the_roads_end_where_the_engine_says():
    model = causal.load("drug-and-gender")
    _, done = roads_of("drug-and-gender", "done")
    assert done["seen"] == pytest.approx(causal.ask(model, "P(Y=1 | X=1)").value)
    assert done["marginal"] == pytest.approx(causal.ask(model, "P(Y=1)").value)
    _, treated = roads_of("drug-and-gender", "treated")
    assert treated["done"] == pytest.approx(causal.ask(model, "P(Y=1 | do(X=1))").value)
    _, smoking = roads_of("smoking-tar-cancer", "done")
    ask = causal.load("smoking-tar-cancer")
    by_tar = sum(
        causal.ask(ask, f"P(Y=1 | X=smoker, Z={z})").value * causal.ask(ask, f"P(Z={z})").value for z in ("none", "tar")
    )
    assert smoking["mediator"] == pytest.approx(by_tar)


def test_a_number_is_claimed_where_none_follows():
    marks, roads = roads_of("instrument", "done")
    assert grade(marks, "Answer: 99.9 %").error == "claimed"
    assert grade(marks, f"Answer: {roads['seen']:.5f}").error == "seen"


def test_a_collider_that_was_adjusted_for_is_named():
    marks, roads = roads_of("m-bias", "done")
    assert "collider" in roads and grade(marks, f"Answer: {100 * roads['collider']:.4f} %").error == "collider"


def test_simpsons_paradox_is_named_where_seeing_says_the_opposite():
    marks, _ = roads_of("drug-and-gender", "more-done")
    assert (marks.kind, grade(marks, "Answer: no").error) == ("yes", "seen")
    data, _ = roads_of("drug-and-gender", "more-done", "data")
    assert grade(data, "Answer: yes").error == "claimed_side"


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("Answer: 16.75 %", "complement"),
        ("Answer: 0.8325 %", "scale"),
        ("Answer: yes", "unread_side"),
        ("Answer: ?", "unread_nothing"),
        ("Answer: 1e308", "unread_nothing"),
        ("Answer: 20 % or 40 %", "unread_two"),
        ("Answer: No, 99.9 %", ""),
        ("", "unread_empty"),
        (None, ""),
        ("Answer: between 10 % and 90 %", "too_wide"),
    ],
)
def test_what_else_can_go_wrong_has_its_name(text, error):
    marks, _ = roads_of("drug-and-gender", "done")
    found = grade(marks, text)
    assert (found.error, found.outcome == "right") == (error, False)


def test_a_number_beside_a_yes_is_graded_where_a_number_was_asked():
    marks, _ = roads_of("drug-and-gender", "done")
    assert grade(marks, f"Answer: Yes, {100 * marks.low} %").outcome == "right"


def test_the_tolerance_is_a_percentage_point_and_less_for_what_is_small():
    marks, _ = roads_of("drug-and-gender", "done")
    assert [grade(marks, f"{100 * marks.low + off} %").outcome for off in (0.99, 1.01)] == ["right", "wrong"]
    rare = key(next(q for q in questions("smallpox") if q.family.key == "done"), "graph")
    assert rare.low < 0.001
    assert [grade(rare, f"{100 * rare.low * by:.8f} %").outcome for by in (1.09, 1.11)] == ["right", "wrong"]


def test_limits_without_a_graph_are_accepted_where_they_hold_in_every_graph():
    marks, _ = roads_of("drug-and-gender", "done", "data")
    model = causal.load("drug-and-gender")
    low = causal.ask(model, "P(Y=1, X=1)").value
    high = low + causal.ask(model, "P(X=0)").value
    assert grade(marks, f"between {low:.4f} and {high:.4f}").outcome == "right"
    assert grade(marks, f"between {low:.4f} and {high - 0.2:.4f}").error == "limits"
    assert grade(marks, "between 0 and 1").outcome == "right"


def test_limits_that_may_be_narrower_must_hold_what_is_true():
    marks = key(next(q for q in questions("m-bias") if q.family.key == "necessary"), "graph")
    low, high = marks.holds
    assert not marks.sharp and marks.kind == "limits" and marks.low - 1e-9 <= low < high < marks.high
    assert grade(marks, f"between {100 * low} % and {100 * high:.4f} %").outcome == "right"
    assert grade(marks, f"between {100 * marks.low} % and {100 * high - 5:.4f} %").error == "other_limits"


def test_what_never_occurs_is_left_out_of_a_table_and_said_so():
    question = questions("firing-squad")[0]
    assert " | 0\n" not in prompt(question, "experiment") and "never occur" in prompt(question, "experiment")
    assert "never occur" not in prompt(questions("kidney-stones")[0], "experiment")


# Packs, and the command that marks them


@pytest.fixture(scope="module")
def packed():
    stories = ("kidney-stones", "record-sales", "fever", "smoking-tar-cancer")
    return list(pack([causal.load(name) for name in stories], 36, 7))


def test_a_pack_is_made_of_different_questions_of_all_kinds(packed):
    assert len({p.prompt for p in packed}) == len({p.id for p in packed}) == 36
    for name, wanted in (("rung", {1, 2, 3}), ("level", set(LEVELS)), ("naming", set(NAMINGS))):
        assert {getattr(p.key, name) for p in packed} == wanted
    assert len({p.key.difficulty for p in packed}) >= 4
    assert len({p.key.kind for p in packed}) >= 3


def test_the_same_seed_makes_the_same_pack_and_another_seed_another():
    models = [causal.load("fever")]
    assert list(pack(models, 6, 1)) == list(pack(models, 6, 1))
    assert {p.prompt for p in pack(models, 6, 1)} != {p.prompt for p in pack(models, 6, 2)}


def test_limits_of_a_mean_are_asked_for_in_its_own_unit():
    for question in questions("record-sales"):
        if question.asks in ("mean", "change"):
            assert "percentage point" not in prompt(question, "graph")


def test_limits_that_are_open_are_read_back_without_an_end():
    question = next(q for q in questions("record-sales") if q.asks == "mean")
    found = grade(key(question, "mechanisms"), "Answer: at least 5")
    assert found.read.startswith("at least 5 ")


def test_the_questions_hold_no_key(packed):
    lines = [json.loads(line) for line in questions_jsonl(packed).splitlines()]
    assert [set(line) for line in lines] == [{"id", "prompt"}] * 36
    assert questions_csv(packed).startswith("id,prompt,answer\n")


def marked(tmp_path, capsys, packed, answers):
    (tmp_path / "key.jsonl").write_text(keys_jsonl(packed), encoding="utf-8")
    lines = [json.dumps({"id": number, "answer": text}) for number, text in answers.items()]
    (tmp_path / "answers.jsonl").write_text("\n".join(lines), encoding="utf-8")
    status = main(["grade", str(tmp_path / "key.jsonl"), str(tmp_path / "answers.jsonl")])
    return status, [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_the_command_marks_every_question_and_adds_up(tmp_path, capsys, packed):
    status, lines = marked(tmp_path, capsys, packed, {p.id: f"Answer: {right_answer(p.key)}" for p in packed})
    *marks, last = lines
    assert status == 0 and [m["id"] for m in marks] == [p.id for p in packed]
    assert {m["outcome"] for m in marks} == {"right"}
    assert last["summary"]["right"] == last["summary"]["questions"] == 36


def test_the_command_names_errors_and_what_is_missing(tmp_path, capsys, packed):
    _, lines = marked(tmp_path, capsys, packed, {packed[0].id: "no idea", packed[1].id: "cannot be known"})
    summary = lines[-1]["summary"]
    assert summary["missing"] == 34 and lines[0]["outcome"] == "unread"
    assert summary["right"] + summary["wrong"] + summary["unread"] + summary["missing"] == 36


def test_the_packs_own_table_can_be_filled_in_and_marked(tmp_path, capsys, packed):
    rows = list(csv.reader(io.StringIO(questions_csv(packed))))
    for row, one in zip(rows[1:6], packed, strict=False):
        row[2] = f"First I think,\nthen I say.\nAnswer: {right_answer(one.key)}"
    with (tmp_path / "answers.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    (tmp_path / "key.jsonl").write_text(keys_jsonl(packed), encoding="utf-8")
    assert main(["grade", str(tmp_path / "key.jsonl"), str(tmp_path / "answers.csv")]) == 0
    summary = json.loads(capsys.readouterr().out.splitlines()[-1])["summary"]
    assert (summary["right"], summary["missing"]) == (5, 31)


@pytest.mark.parametrize(
    ("table", "words"), [("id,prompt\n", "columns id and answer"), ('id,answer\n1,"open', "line 2: this is no row")]
)
def test_a_table_that_cannot_be_read_is_refused_in_words(tmp_path, capsys, table, words):
    (tmp_path / "key.jsonl").write_text(KEY, encoding="utf-8")
    (tmp_path / "answers.csv").write_text(table, encoding="utf-8")
    assert main(["grade", str(tmp_path / "key.jsonl"), str(tmp_path / "answers.csv")]) == 2
    assert words in capsys.readouterr().out


KEY = (
    '{"id": "1", "asks": "more", "kind": "yes", "low": 1, "high": 1, '
    '"sharp": true, "tolerance": 0, "unit": "", "roads": []}'
)


@pytest.mark.parametrize(
    ("keys", "answers", "words"),
    [
        (None, "", "cannot be read"),
        (KEY, None, "cannot be read"),
        ("", "", "no question"),
        (f"{KEY}\n{KEY}", "", "twice"),
        (KEY, "yes", "line 1: this is not JSON"),
        (KEY, "[]", "one JSON object"),
        (KEY, '{"id": 1, "answer": "yes"}', "both of them texts"),
        (KEY, '{"id": "2", "answer": "yes"}', "no question 2 in the key"),
        (KEY, '{"id": "1", "answer": "yes"}\n{"id": "1", "answer": "no"}', "answered twice"),
    ],
)
def test_files_that_are_not_what_they_should_be_are_one_error_in_words(tmp_path, capsys, keys, answers, words):
    for name, text in (("key.jsonl", keys), ("answers.jsonl", answers)):
        if text is not None:
            (tmp_path / name).write_text(text, encoding="utf-8")
    assert main(["grade", str(tmp_path / "key.jsonl"), str(tmp_path / "answers.jsonl")]) == 2
    (line,) = capsys.readouterr().out.splitlines()
    assert words in json.loads(line)["error"]["message"]


@pytest.mark.parametrize(
    ("field", "value", "right"),
    [
        ("id", "", "a text"),
        ("id", 7, "a text"),
        ("asks", "less", "one of share"),
        ("kind", [], "one of number"),
        ("low", "0.4", "a number"),
        ("low", True, "a number"),
        ("low", float("nan"), "a number"),
        ("high", 10**400, "a number"),
        ("high", 1e308, "a number"),
        ("low", None, "must be numbers"),
        ("low", 0.9, "must not be greater than high"),
        ("low", 0.1, "must be equal"),
        ("kind", "yes", "does not answer"),
        ("sharp", 1, "true or false"),
        ("tolerance", -1, "0 or more"),
        ("tolerance", None, "a number"),
        ("unit", None, "a text"),
        ("roads", {}, "a list"),
        ("roads", ["seen"], "key, value and labels"),
        ("roads", [{"key": "none of ours", "value": 0.5}], "a wrong road"),
        ("roads", [{"key": "seen", "value": "0.5"}], "a number"),
        ("rung", [1], "from 0 to 3"),
        ("rung", 4, "from 0 to 3"),
        ("rung", True, "from 0 to 3"),
        ("difficulty", -1, "from 0 to 5"),
        ("level", {}, "one of"),
        ("level", "gossip", "one of"),
        ("naming", 1, "a text"),
        ("holds", [1], "two numbers"),
        ("holds", [2, 1], "lower one first"),
        ("colour", "red", "has no field"),
    ],
)
def test_a_field_of_a_key_that_will_not_do_is_named_with_its_file_and_line(tmp_path, capsys, field, value, right):
    marks = json.loads(roads_of("drug-and-gender", "done")[0].to_json()) | {"low": 0.4, "high": 0.4}
    lines = [marks, marks | {"id": "2", field: value}]
    (tmp_path / "key.jsonl").write_text("".join(f"{json.dumps(line)}\n" for line in lines), encoding="utf-8")
    (tmp_path / "answers.jsonl").write_text("", encoding="utf-8")
    assert main(["grade", str(tmp_path / "key.jsonl"), str(tmp_path / "answers.jsonl")]) == 2
    words = json.loads(capsys.readouterr().out)["error"]["message"]
    assert words.startswith("key.jsonl, line 2: ") and field in words and right in words


@pytest.mark.parametrize("field", ["id", "asks", "kind", "low", "high", "sharp", "tolerance", "unit", "roads"])
def test_a_field_that_a_key_lacks_is_named(field):
    marks = json.loads(KEY)
    del marks[field]
    with pytest.raises(BadQuery, match=f"the field {field} is missing"):
        from_json(marks)


def test_every_kind_of_question_is_asked_of_some_story():
    found = {q.family.key for name in ("smoking-tar-cancer", "kidney-stones") for q in questions(name)}
    assert found == set(FAMILIES)
