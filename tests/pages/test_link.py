"""The link says ids, whatever the labels are; what it says is what is chosen."""

from streamlit.testing.v1 import AppTest

from tests.pages.test_pages import run


def page():
    """One of a few, several of them, and one that several begin with."""
    import streamlit as st

    from pages.ui.controls import controls

    words = {"a": r"Same\.", "b": r"Same\.", "c": "Other one", "d": "a"}
    held = controls.one_of("One", words, "x_one", "c")
    some = controls.any_of("Several", words, "x_some", ["b"])
    st.markdown(f"{held} {' '.join(some)}")
    st.button("Reset", on_click=controls.reset)


def opened(**query):
    app = AppTest.from_function(page)
    app.query_params.update(query)
    return app.run()


def said(app):
    return app.markdown[0].value


def labels(app, key):
    return next(group.options for group in app.get("button_group") if group.key == key)


def address(app):
    return {key: app.query_params[key] for key in app.query_params}


def choose(app, key, chosen):
    next(group for group in app.get("button_group") if group.key == f"{key}_labels").set_value(chosen).run()


def test_what_is_chosen_is_in_the_address_by_its_id():
    app = opened()
    assert address(app) == {}
    choose(app, "x_one", "d")
    choose(app, "x_some", ["a", "c"])
    assert said(app) == "d a c"
    assert address(app) == {"x_one": "d", "x_some": ["a", "c"]}


def test_a_link_of_ids_opens_what_it_says_though_labels_read_alike():
    app = opened(x_one="b", x_some=["a", "d"])
    assert said(app) == "b a d"
    assert len(set(labels(app, "x_one_labels"))) == 4


def test_a_link_of_labels_is_understood_and_says_ids_from_then_on():
    app = opened(x_one="Other one", x_some=["Other one", "a"])
    assert said(app) == "c a c"  # an id is an id, though it is another one's label
    assert address(app)["x_some"] == ["c", "a"]
    assert said(app.run()) == "c a c"


def test_what_a_link_says_wrong_is_dropped_from_it():
    app = opened(x_one="nothing", x_some=["nothing", "b2"])
    assert said(app) == "c b"
    assert address(app) == {}


def test_that_none_is_chosen_stands_in_the_link():
    app = opened()
    choose(app, "x_some", [])
    assert said(app).strip() == "c"
    link = address(app)
    assert link
    assert said(opened(**link)).strip() == "c"
    assert said(opened(x_some="")).strip() == "c"  # as links said it once


def test_a_reset_puts_all_back_and_empties_the_address():
    app = opened(x_one="a", x_some=["c"])
    app.button[0].click().run()
    assert said(app) == "c b"
    assert address(app) == {}


def test_a_story_may_be_named_by_its_title():
    app = run("pages/2_doing.py", model="Two treatments for kidney stones", do_var="Stone before treatment")
    assert (app.session_state["model"], app.session_state["do_var"]) == ("kidney-stones", "Size")
    assert address(app) == {"model": "kidney-stones", "do_var": "Size"}
