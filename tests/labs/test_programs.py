"""Hidden causes as programs: the stored run is what its seed gives, and says what theory and another road say."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from scipy.stats import dirichlet

import causal
from causal.bounding import bounds
from causal.identification import identify
from causal.labs.programs import hidden_worlds, program_script, record, sampler, stored

ROOT = Path(__file__).parents[2]
FEWEST, MOST = hidden_worlds.SIZES[0], hidden_worlds.SIZES[-1]
CASES = [(name, prior) for name in hidden_worlds.WORLDS for prior in hidden_worlds.PRIORS]
needs_numpyro = pytest.mark.skipif(not sampler.installed(), reason="NumPyro is optional")


@pytest.fixture(scope="module", autouse=True)
def engine():
    causal.warm_up()


@pytest.mark.parametrize("name", hidden_worlds.WORLDS)
def test_the_stored_data_are_those_that_the_seed_draws(name):
    kept = stored.run()[f"{name} counts"]
    assert stored.run()["sizes"].tolist() == list(hidden_worlds.SIZES)
    for n, cells in zip(hidden_worlds.SIZES, kept, strict=True):
        assert cells.sum() == n
        assert np.array_equal(cells, hidden_worlds.counts(name, n, stored.seed()))


def test_both_worlds_are_one_world_of_which_the_bow_hides_the_middle():
    whole, less = (hidden_worlds.world(name) for name in hidden_worlds.WORLDS)
    for query in ("P(Y=1 | X=1)", "P(X=1, Y=0)", "P(Y=1 | do(X=0))", "P(Y=1 | do(X=1), U=1)"):
        assert causal.ask(whole, query).value == pytest.approx(causal.ask(less, query).value, abs=1e-12)


def test_the_effect_is_identifiable_by_the_front_door_and_not_in_the_bow():
    front, bow = (hidden_worlds.world(name) for name in hidden_worlds.WORLDS)
    assert identify(front, "P(Y=1 | do(X=1))").identifiable
    assert not identify(bow, "P(Y=1 | do(X=1))").identifiable
    assert hidden_worlds.reach("front_door") == pytest.approx([hidden_worlds.truth("front_door")] * 2)
    low, high = hidden_worlds.reach("bow")
    # Manski (1990): without assumptions the bounds of an effect between two states are one wide
    assert high - low == pytest.approx(1)
    assert low < hidden_worlds.truth("bow") < high


def test_the_share_of_those_helped_is_bounded_as_by_hand():
    front = hidden_worlds.world("front_door")
    given = {m: causal.ask(front, f"P(Y=1 | do(M={m}))").value for m in "01"}
    by_hand = max(0.0, given["1"] - given["0"]), min(given["1"], 1 - given["0"])
    assert hidden_worlds.reach_of_helped("front_door") == pytest.approx(by_hand)
    assert bounds(front, "P(Y[M=1]=1, Y[M=0]=0)").interval == pytest.approx(by_hand)


@pytest.mark.parametrize("prior", hidden_worlds.PRIORS)
def test_at_the_front_door_the_interval_narrows_onto_the_truth_whatever_was_believed(prior):
    few, some, many = (stored.said("front_door", prior, n, "effect") for n in (FEWEST, 1000, MOST))
    assert many.width < some.width < few.width
    assert many.width < few.width / 5
    # room of half a width: nineteen in twenty intervals of 90 % hold the truth, widened so nearly all
    assert many.low - many.width / 2 < hidden_worlds.truth("front_door") < many.high + many.width / 2


def test_at_the_front_door_the_hidden_causes_own_share_never_becomes_known():
    hundred, many = (stored.said("front_door", "open", n, "helped") for n in (100, MOST))
    low, high = hidden_worlds.reach_of_helped("front_door")
    assert many.width > hundred.width / 3
    assert many.width > 4 * stored.said("front_door", "open", MOST, "effect").width
    assert many.width > (high - low) / 2
    # beliefs that agree on the effect by now still disagree on this
    hopeful, doubtful = (stored.said("front_door", prior, MOST, "helped") for prior in ("hopeful", "doubtful"))
    assert doubtful.middle < hopeful.low and doubtful.high < hopeful.middle


@pytest.mark.parametrize("prior", hidden_worlds.PRIORS)
def test_in_the_bow_a_hundred_times_as_many_data_leave_the_interval_as_wide(prior):
    some, many = (stored.said("bow", prior, n, "effect") for n in (100, MOST))
    assert many.width > 0.6 * some.width
    low, high = hidden_worlds.reach("bow")
    assert low - 0.03 < many.low < many.high < high + 0.03  # the room is what chance makes of the bounds


def test_in_the_bow_what_was_believed_before_decides_and_all_beliefs_together_span_the_bounds():
    found = {prior: stored.said("bow", prior, MOST, "effect") for prior in hidden_worlds.PRIORS}
    assert found["doubtful"].middle < found["open"].middle < found["hopeful"].middle
    low, high = hidden_worlds.reach("bow")
    assert max(i.high for i in found.values()) - min(i.low for i in found.values()) > 0.7 * (high - low)


def _by_weight(name, prior, n, draws=400_000):
    """The posterior by another road: draw causes at random, and weigh each by prior and by what was seen."""
    generator = np.random.default_rng(7)
    believed, flat = dirichlet(hidden_worlds.PRIORS[prior]), dirichlet((1, 1, 1, 1))
    # half of the draws come from a flat distribution, since what was believed and what was seen may lie far apart
    share = np.concatenate([believed.rvs(draws // 2, generator), flat.rvs(draws // 2, generator)])
    wanted = believed.pdf(share.T)
    chosen = generator.random((draws, 4))
    responses = {0: (0, 0, 1, 1), 1: (0, 1, 0, 1)}
    cells = stored.run()[f"{name} counts"][hidden_worlds.SIZES.index(n)]
    if name == "front_door":
        # who reads has a likelihood of its own: after so many of X who read it is a beta distribution (Bayes 1763)
        of = cells.sum(axis=2)
        read = np.stack([generator.beta(1 + of[x, 1], 1 + of[x, 0], draws) for x in (0, 1)], axis=1)
    log = np.log(wanted / (wanted / 2 + flat.pdf(share.T) / 2))
    for at, count in np.ndenumerate(cells):
        x, y, cause = at[0], at[-1], at[-2]
        fits = [t for t in range(4) if responses[cause][t] == y]
        p = sum(share[:, t] * (chosen[:, t] if x else 1 - chosen[:, t]) for t in fits)
        log += count * np.log(np.maximum(p, 1e-300))
    weight = np.exp(log - log.max())
    effect = share[:, 1] - share[:, 2]
    if name == "front_door":
        effect = effect * (read[:, 1] - read[:, 0])
    return effect, share[:, 1], weight / weight.sum()


@pytest.mark.parametrize("n", [10, 30])
@pytest.mark.parametrize(("name", "prior"), CASES)
def test_for_few_units_weighing_draws_of_the_prior_says_the_same(name, prior, n):
    effect, helped, weight = _by_weight(name, prior, n)
    size = 1 / (weight**2).sum()
    assert size > 300, "too few draws count for a comparison"
    for quantity, values in (("effect", effect), ("helped", helped)):
        kept = stored.run()[f"{name} {prior} {quantity}"][hidden_worlds.SIZES.index(n)]
        mean = float((weight * values).sum())
        spread = float(np.sqrt((weight * (values - mean) ** 2).sum()))
        error = spread * np.sqrt(1 / size + 1 / (len(kept) / 2))  # neighbouring draws of a chain are alike
        assert kept.mean() == pytest.approx(mean, abs=4.5 * error)
        assert kept.std() == pytest.approx(spread, rel=0.25)
        found = stored.interval(kept)
        for end, below in ((found.low, 0.05), (found.middle, 0.5), (found.high, 0.95)):
            assert weight[values < end].sum() == pytest.approx(below, abs=0.09)


def test_an_interval_leaves_as_many_draws_below_as_above():
    found = stored.interval(np.arange(101))
    assert (found.low, found.middle, found.high) == pytest.approx((5, 50, 95))


@pytest.mark.parametrize("name", hidden_worlds.WORLDS)
def test_the_script_holds_the_data_it_is_about_and_is_python(name):
    text = program_script.script(name, 30, "hopeful", 5)
    compile(text, name, "exec")
    assert str(hidden_worlds.counts(name, 30, 5).tolist()) in text
    assert "causal" not in text


@pytest.mark.prove
@needs_numpyro
@pytest.mark.parametrize(("name", "n"), [("front_door", 30), ("bow", 30), ("bow", MOST)])
def test_a_fresh_run_agrees_with_the_stored_one(name, n):
    cells = hidden_worlds.counts(name, n, stored.seed())
    fresh = sampler.sample(name, cells, "open", stored.seed() + 50, 2, lambda part, what: None)
    for quantity in stored.QUANTITIES:
        kept = stored.run()[f"{name} open {quantity}"][hidden_worlds.SIZES.index(n)]
        error = kept.std() * np.sqrt(2 / (len(kept) / 6))  # where nothing is identifiable a chain is slow
        assert fresh[quantity].mean() == pytest.approx(kept.mean(), abs=4.5 * error)


@pytest.mark.prove
@needs_numpyro
def test_what_is_sampled_here_tells_how_far_it_is_and_gives_both_worlds():
    told = []
    found = sampler.live({"n": 30, "prior": "open", "seed": 2}, lambda part, what: told.append(part))
    assert told == sorted(told) and len(told) == 2 * sampler.PARTS
    assert {len(values) for values in found.values()} == {sampler.DRAWS}


@pytest.mark.prove
@needs_numpyro
def test_the_script_runs_on_its_own(tmp_path):
    path = tmp_path / "program.py"
    path.write_text(program_script.script("bow", 30, "open", 1), encoding="utf-8")
    done = subprocess.run([sys.executable, str(path)], cwd=tmp_path, capture_output=True, text=True)
    assert done.stdout.startswith("the effect lies between"), done.stderr


def test_the_run_is_recorded_with_the_versions_that_the_requirements_name():
    asked = (ROOT / "causal/labs/programs/requirements.txt").read_text(encoding="utf-8")
    named = {f"{name} {version}" for name, _, version in (line.partition("==") for line in asked.split()) if version}
    assert named <= set(stored.versions())
    assert len(stored.versions()) == len(record.LIBRARIES)
