"""
The page in a real browser: it decides as any Python does, asks nobody else for anything, and can be used by everybody.

Run by `nox -s page`. The page is made here, with a pack of one's own beside those of the library; the browser is the
system's Chromium, and without one nothing is tried.
"""

import functools
import json
import re
import shutil
import sys
import threading
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import attrs
import pytest

sync_api = pytest.importorskip("playwright.sync_api")

ROOT = Path(__file__).parents[2]
for folder in (ROOT / "examples/browser", Path(__file__).parent):
    sys.path.insert(0, str(folder))

import bridge  # noqa: E402
import make_cases  # noqa: E402
import make_page  # noqa: E402
from small_household import POOR, YUCHENG  # noqa: E402

import fupin_rules as fr  # noqa: E402

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium to open the page with")

KEPT = ROOT / "build/kept"
AXE = make_page.Package(
    "axe-core", "4.14.1", "FHfa+lmNjQZfJz1q8wKqIDwC6DExcHt/pkjNQb09a3NPjCKg2rhu5qb2S4r76ASyFNNtuFooJpZe37OgudVGtQ=="
)
# No part of a browser of tests looks for updates or reports anywhere.
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
# A machine that builds other things as well takes its time: to start Python, and to answer.
START = 120_000
PATIENCE = 20_000


@attrs.define
class Opened:
    """The page as it was opened, with what the browser complained of and what it asked whom for."""

    page: Any
    complaints: list[str]
    strangers: list[str]
    asked: list[str]

    def begin(self) -> Any:
        """Bring the page back to an empty household, in English, before the questions."""
        page = self.page
        if page.locator("html").get_attribute("lang") != "en":
            page.locator("#language").click()
        page.locator("#tab-interview").click()
        page.locator("#pack").select_option("yucheng-2016")
        page.locator("#on").fill(YUCHENG["on"])
        page.get_by_label("Is it taken in?").check(force=True)
        page.locator("#new").click()
        self.sees("household H-1: undetermined: facts are missing")
        sync_api.expect(page.locator("#question")).to_have_text(told_in_english(talk_of("H-1")))
        return page

    def sees(self, headline: str) -> None:
        sync_api.expect(self.page.locator("#headline")).to_contain_text(headline)

    def open(self, household: object) -> None:
        """Open a file with a household, or with whatever text is given."""
        text = household if isinstance(household, str) else json.dumps(household)
        file = {"name": "h.json", "mimeType": "application/json", "buffer": text.encode()}
        self.page.locator("#open").set_input_files(file)

    def ask(self, name: str, **values: Any) -> Any:
        """Ask the page's Python, past the page."""
        script = "async ([name, values]) => (await import('./python.mjs')).ask(name, values)"
        return self.page.evaluate(script, [name, values])


def talk_of(household_id: str) -> fr.Interview:
    """Begin in Python the interview that the page begins."""
    rules = fr.load_policy(YUCHENG["pack"]).on(date.fromisoformat(YUCHENG["on"]))
    return fr.Interview.begin(fr.Household(id=household_id), rules)


def told_in_english(talk: fr.Interview) -> str:
    return (talk.said if talk.question is None else talk.question.text)["en"]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    pack = tmp_path_factory.mktemp("packs") / "our-county"
    shutil.copytree(fr.installed_packs()["monitoring-anhui-guangde"], pack)
    about = pack / "pack.toml"
    about.write_text(about.read_text(encoding="utf-8").replace("monitoring-anhui-guangde", "our-county"), "utf-8")
    return make_page.make_page(tmp_path_factory.mktemp("page"), [pack], kept=KEPT)


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    class Silent(SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Silent, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def opened(address: str) -> Iterator[Opened]:
    """Open the page once: Python takes seconds to start."""
    sync_api.expect.set_options(timeout=PATIENCE)
    with sync_api.sync_playwright() as player:
        browser = player.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        context = browser.new_context(viewport={"width": 1300, "height": 900}, locale="en-GB", accept_downloads=True)
        context.set_default_timeout(PATIENCE)
        told = Opened(context.new_page(), [], [], [])

        def look(route: Any) -> None:
            told.asked.append(route.request.url)
            if route.request.url.startswith(address):
                route.continue_()
            else:
                told.strangers.append(route.request.url)
                route.abort()

        context.route("**/*", look)
        told.page.on("console", lambda message: told.complaints.append(f"{message.type}: {message.text}"))
        told.page.on("pageerror", lambda error: told.complaints.append(str(error)))
        told.page.goto(f"{address}/#lang=en&policy={YUCHENG['pack']}&on={YUCHENG['on']}")
        told.page.locator("body[data-ready]").wait_for(timeout=START)
        yield told
        context.close()
        browser.close()


# -- alone, and the same -----------------------------------------------------------------------------------------------


def test_two_hundred_households_are_decided_as_any_python_decides_them(opened: Opened) -> None:
    cases = [json.loads(line) for line in make_cases.FILE.read_text(encoding="utf-8").splitlines()]
    script = """async (cases) => {
        const { ask } = await import("./python.mjs");
        return Promise.all(cases.map(({ about, household }) => ask("judge", { about, household })));
    }"""
    found = opened.page.evaluate(script, cases)
    for case, told in zip(cases, found, strict=True):
        assert {name: told[name] for name in case["expected"]} == case["expected"]
        assert told == json.loads(json.dumps(bridge.judge(case["about"], case["household"])))


def test_reasons_are_told_in_the_same_words(opened: Opened) -> None:
    cases = [json.loads(line) for line in make_cases.FILE.read_text(encoding="utf-8").splitlines()]
    for place, case in enumerate(cases[:: make_cases.EACH]):
        values = {"about": case["about"], "household": case["household"], "language": ("zh", "en")[place % 2]}
        assert opened.ask("look", **values) == json.loads(json.dumps(bridge.look(**values)))


def test_everything_public_that_runs_there_is_said_by_its_own_version(opened: Opened) -> None:
    told = opened.ask("judge", about=YUCHENG, household=POOR)
    assert told["library_version"] == fr.__version__
    assert told["fingerprint"] == fr.load_policy("yucheng-2016").on(date(2016, 1, 31)).fingerprint


# -- used by people ----------------------------------------------------------------------------------------------------


def press(page: Any, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def tab_to(page: Any, selector: str) -> None:
    """Go on with the key that people have, until a place that fits is reached."""
    for _ in range(40):
        press(page, "Tab")
        if page.evaluate("(selector) => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"no key leads to {selector}")


def test_a_whole_interview_by_keyboard_alone_ends_as_it_does_in_python(opened: Opened) -> None:
    page = opened.begin()
    page.evaluate("document.activeElement.blur()")
    tab_to(page, ".skip-link")
    press(page, "Enter")
    assert page.evaluate("document.activeElement.id") == "facts"
    talk = talk_of("H-1")
    answers: dict[str, Any] = {"number": "1", "flag": False, "code": "rural"}
    while (question := talk.question) is not None:
        sync_api.expect(page.locator("#question")).to_have_text(question.text["en"])
        match question.sort:
            case "number":
                tab_to(page, "#interview .question input")
                page.keyboard.type("1")
                press(page, "Enter")
            case "flag":
                tab_to(page, "#interview .verdicts button:nth-child(2)")
                press(page, "Enter")
            case "code":
                tab_to(page, "#interview .question input")
                press(page, "Space", "Enter")
        talk = talk.answer(answers[question.sort])
        # Whoever answers stands before the next question at once, and a reader reads it out.
        sync_api.expect(page.locator("#question")).to_have_text(told_in_english(talk))
        sync_api.expect(page.locator("#question")).to_be_focused()
    opened.sees("household H-1: eligible")
    sync_api.expect(page.locator("#changed")).to_contain_text("outcome: undetermined: facts are missing → eligible")
    tab_to_back = page.locator("#back")
    tab_to_back.focus()
    press(page, "Enter")
    opened.sees("undetermined")


def test_form_and_questions_are_two_views_of_the_same_facts(opened: Opened) -> None:
    page = opened.begin()
    page.locator("#tab-form").click()
    page.get_by_role("button", name="Add a member").click()
    sync_api.expect(page.get_by_role("group", name="Member 1").get_by_label("date of birth")).to_be_focused()
    page.get_by_role("group", name="all members are listed").get_by_label("Yes", exact=True).check(force=True)
    page.get_by_label("wage income").fill("1200.5")
    sync_api.expect(page.locator("#changed")).to_contain_text("Neither the outcome nor any rule has changed.")
    page.locator("#tab-interview").click()
    # What the form holds is not asked, and what is answered stands in the form.
    sync_api.expect(page.locator(".progress")).to_have_text(re.compile("^0 answered"))
    home = fr.Household(
        id="H-1",
        members=(fr.Member(id="1"),),
        members_complete=True,
        income=fr.Income(wage_income_yuan=Decimal("1200.5")),
    )
    talk = fr.Interview.begin(home, talk_of("H-1").snapshot)
    while (question := talk.question) is not None and question.fact != "hukou":
        assert question.sort == "flag"
        sync_api.expect(page.locator("#question")).to_have_text(question.text["en"])
        page.locator("#interview .verdicts button").nth(1).click()
        talk = talk.answer(value=False)
    page.get_by_label("urban").check()
    page.get_by_role("button", name="Answer").click()
    opened.sees("household H-1: not eligible")
    page.locator("#tab-form").click()
    sync_api.expect(page.get_by_label("register of the head")).to_have_value("urban")
    sync_api.expect(page.get_by_label("wage income")).to_have_value("1200.50")
    page.locator("#tab-interview").click()
    page.locator("#back").click()
    opened.sees("undetermined")
    sync_api.expect(page.locator("#question")).to_have_text("Register of the head?")
    page.locator("#tab-form").click()
    sync_api.expect(page.get_by_label("register of the head")).to_have_value("")


def test_what_is_left_open_is_not_asked_again_and_stands_with_its_reason(opened: Opened) -> None:
    page = opened.begin()
    talk = talk_of("H-1")
    while talk.question is not None:
        sync_api.expect(page.locator("#question")).to_have_text(told_in_english(talk))
        page.get_by_label("Not known, because").select_option("refused")
        page.get_by_role("button", name="Leave it open").click()
        talk = talk.skip("refused")
    sync_api.expect(page.locator("#question")).to_have_text("open, for a person to look at: a fact was refused")
    sync_api.expect(page.locator("#interview li")).to_have_text([need.text["en"] for need in talk.needs])
    page.locator("#interview li button", has_text="wage income").click()
    sync_api.expect(page.get_by_label("wage income")).to_be_focused()
    sync_api.expect(page.locator("#form .why", has_text="refused").first).to_be_visible()


def test_no_question_stands_to_be_answered_once_the_facts_are_others(opened: Opened) -> None:
    page = opened.begin()
    for act in ("document.getElementById('new').click()", "document.querySelector('#form input[type=radio]').click()"):
        sync_api.expect(page.locator("#question")).to_have_text(told_in_english(talk_of("H-1")))
        assert not page.evaluate(f"() => {{ {act}; return document.getElementById('question') !== null; }}")


def test_a_fault_stands_at_its_field_and_goes_when_it_is_mended(opened: Opened) -> None:
    page = opened.begin()
    page.locator("#tab-form").click()
    pension = page.get_by_label("pension")
    pension.fill("-5")
    sync_api.expect(pension).to_have_attribute("aria-invalid", "true")
    described = page.evaluate("(input) => input.getAttribute('aria-describedby')", pension.element_handle())
    told = page.locator(f"#{described.split()[-1]}")
    sync_api.expect(told).to_have_text("cannot be less than 0; give it as told, or leave it out as not known")
    sync_api.expect(page.locator("#elsewhere")).to_contain_text("the outcome is that of before")
    page.locator("#language").click()
    sync_api.expect(page.locator("#form .fault:visible")).to_have_text(
        "应为0至100000000元/年的数，至多2位小数；不知道就留空"
    )
    page.locator("#language").click()
    # With two faults, mending one leaves the other, and mending both leaves none.
    wage = page.get_by_label("wage income")
    wage.fill("-1")
    sync_api.expect(wage).to_have_attribute("aria-invalid", "true")
    page.get_by_label("pension").fill("500")
    sync_api.expect(page.locator("#form .fault:visible")).to_have_count(1)
    wage.fill("1")
    sync_api.expect(page.locator("#form .fault:visible")).to_have_count(0)
    sync_api.expect(page.locator("#elsewhere")).to_be_empty()
    page.get_by_label("Number of the household").fill("11010519491231002X")
    press(page, "Tab")
    sync_api.expect(page.locator("#household-id-fault")).to_contain_text("is the number of a certificate")


def test_a_missing_fact_leads_to_its_field(opened: Opened) -> None:
    page = opened.begin()
    page.locator("#grounds").get_by_role("button", name="operating cost").click()
    sync_api.expect(page.get_by_label("operating cost")).to_be_focused()
    sync_api.expect(page.locator("#form .chip:visible").first).to_have_text("needed")


def test_what_would_change_the_outcome_can_be_tried(opened: Opened) -> None:
    page = opened.begin()
    opened.open(POOR)
    opened.sees("household H-1: not eligible")
    page.locator("#turn").click()
    way = page.locator("#turning .ways > li").first
    sync_api.expect(way).to_contain_text("pension (income.pension_yuan): 3402 yuan/year → 3401.99 yuan/year")
    way.get_by_role("button", name="Make this change").click()
    opened.sees("household H-1: eligible")
    sync_api.expect(page.locator("#changed")).to_contain_text(
        "net income per person is below the income line: no → yes"
    )


def test_another_line_is_compared_and_what_a_solver_would_tell_is_not_promised(opened: Opened) -> None:
    page = opened.begin()
    opened.open(POOR)
    opened.sees("household H-1: not eligible")
    page.locator("#lines").get_by_role("button", name="Compare").click()
    sync_api.expect(page.locator("#compared")).to_have_text("Enter a value that differs from the one there is.")
    page.get_by_label("income line (provincial)").fill("3500")
    press(page, "Enter")
    sync_api.expect(page.locator("#compared .verdict")).to_have_text(["✗not eligible", "✓eligible"])
    sync_api.expect(page.locator("#compared")).to_contain_text("outcome: not eligible → eligible")
    sync_api.expect(page.locator("#lines-title + .hint")).to_contain_text("The browser has no solver (z3)")


def test_a_policy_that_leaves_a_value_open_asks_for_it_first(opened: Opened) -> None:
    page = opened.begin()
    page.locator("#pack").select_option("monitoring-2021")
    line = page.get_by_label("income range of the province")
    sync_api.expect(page.locator("#elsewhere")).to_contain_text(
        "`monitoring_line` is open and has no value on 2021-01-01"
    )
    # The outcome under the policy of before is none under this one.
    opened.sees("Not assessed yet")
    sync_api.expect(page.locator("#grounds")).to_be_empty()
    sync_api.expect(page.locator("#interview")).to_have_text(re.compile("^The next question comes once"))
    line.fill("6500")
    sync_api.expect(page.locator("#elsewhere")).to_be_empty()
    sync_api.expect(page.locator("#grounds .remarks")).to_contain_text("(monitoring-2021 ")
    page.get_by_label("May it leave?").check(force=True)
    opened.sees("household H-1:")
    page.locator("#on").fill("2031-01-01")
    sync_api.expect(page.locator("#elsewhere")).to_contain_text("does not cover 2031-01-01")


def test_a_pack_of_ones_own_stands_first_and_is_asked_like_any_other(opened: Opened) -> None:
    page = opened.begin()
    sync_api.expect(page.locator("#pack option").first).to_have_attribute("value", "our-county")
    page.locator("#pack").select_option("our-county")
    sync_api.expect(page.locator("#on")).to_have_value("2025-01-01")
    sync_api.expect(page.locator("#grounds .remarks")).to_contain_text("(our-county ")
    about = {"pack": "our-county", "on": "2025-06-30", "goal": "exit"}
    same = {**about, "pack": "monitoring-anhui-guangde"}
    told, known = (opened.ask("judge", about=each, household=POOR) for each in (about, same))
    assert told["rules"] == known["rules"]


def test_a_household_is_saved_and_opened_again(opened: Opened, tmp_path: Path) -> None:
    page = opened.begin()
    opened.open(POOR | {"head_name": "户主甲"})
    sync_api.expect(page.locator("#file-told")).to_have_text(
        "Opened: h.json. 1 names or numbers of persons were left out."
    )
    opened.sees("household H-1: not eligible")
    with page.expect_download() as download:
        page.locator("#save").click()
    saved = tmp_path / download.value.suggested_filename
    download.value.save_as(saved)
    assert saved.name == "H-1.jsonl"
    assert fr.registry.read_household(saved.read_text(encoding="utf-8")) == fr.from_plain(fr.Household, POOR)
    page.locator("#new").click()
    opened.sees("household H-1: undetermined")
    page.locator("#open").set_input_files(saved)
    opened.sees("household H-1: not eligible")


def test_a_file_that_would_break_a_parser_is_refused_and_the_page_lives_on(opened: Opened) -> None:
    page = opened.begin()
    opened.open('{"id": ' + "[" * 20_000 + "]" * 20_000 + "}")
    sync_api.expect(page.locator("#file-told")).to_contain_text("nested deeper than 64")
    opened.open("x" * ((1 << 20) + 1))
    sync_api.expect(page.locator("#file-told")).to_contain_text("the file is too large")
    opened.open({"id": "1", "hukuo": "rural"})
    sync_api.expect(page.locator("#file-told")).to_contain_text("$.hukuo is no fact; did you mean `hukou`?")
    opened.open(POOR)
    opened.sees("household H-1: not eligible")


def test_a_click_changes_the_language_of_everything_and_nothing_else(opened: Opened) -> None:
    page = opened.begin()
    opened.open(POOR)
    opened.sees("household H-1: not eligible")
    page.locator("#language").click()
    opened.sees("户 H-1：不符合条件")
    assert page.locator("html").get_attribute("lang") == "zh-CN"
    sync_api.expect(page.locator("#language")).to_be_focused()
    sync_api.expect(page).to_have_title("政策试算：一户与一项政策")
    page.locator("#tab-form").click()
    page.locator("#show-all").check()
    text = page.locator("body").inner_text()
    for english in ("Household", "Policy", "Outcome", "income", "eligible", "member"):
        assert english not in text.replace("English", "").replace("yucheng-2016", ""), english
    page.locator("#show-all").uncheck()
    page.locator("#language").click()
    opened.sees("household H-1: not eligible")


# -- used by everybody -------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def axe() -> str:
    import tarfile

    KEPT.mkdir(parents=True, exist_ok=True)
    with tarfile.open(AXE.archive(KEPT)) as archive:
        held = archive.extractfile("package/axe.min.js")
        assert held is not None
        return held.read().decode()


@pytest.mark.parametrize(("width", "scheme"), [(320, "dark"), (1300, "light")])
def test_no_rule_of_accessibility_is_broken_on_any_view(opened: Opened, axe: str, width: int, scheme: str) -> None:
    page = opened.begin()
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)
    page.evaluate(axe)
    check(page)
    opened.open(POOR)
    opened.sees("household H-1: not eligible")
    page.locator("#tab-form").click()
    page.get_by_label("pension").fill("-1")
    sync_api.expect(page.locator("#form .fault:visible")).to_have_count(1)
    page.get_by_role("button", name="Open all").click()
    page.locator("#turn").click()
    page.get_by_label("income line (provincial)").fill("3500")
    page.locator("#lines").get_by_role("button", name="Compare").click()
    sync_api.expect(page.locator("#turning .fault")).to_be_visible()
    page.locator("#language").click()
    check(page)
    page.set_viewport_size({"width": 1300, "height": 900})
    page.emulate_media(color_scheme="light")


def check(page: Any) -> None:
    found = page.evaluate("axe.run()")
    assert [(each["id"], [node["html"] for node in each["nodes"]]) for each in found["violations"]] == []
    assert {"color-contrast", "label", "aria-required-children", "landmark-one-main"} <= {
        each["id"] for each in found["passes"]
    }
    # Nobody has to move a page to and fro to read it.
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_a_breakdown_of_python_costs_nothing_that_was_entered(opened: Opened) -> None:
    page = opened.begin()
    opened.open(POOR)
    opened.sees("household H-1: not eligible")
    broken = page.evaluate(
        "async () => (await import('./python.mjs')).ask('nothing').then(() => 'told', (error) => error.message)"
    )
    assert "KeyError" in broken
    page.locator("#tab-form").click()
    page.get_by_label("pension").fill("3401.99")
    sync_api.expect(page.locator("#headline")).to_contain_text("household H-1: eligible", timeout=START)


def test_nobody_else_is_asked_nothing_is_kept_and_nothing_goes_wrong(opened: Opened, site: Path, address: str) -> None:
    """Stands last, so that it has seen all that the others did."""
    page = opened.page
    assert opened.strangers == []
    assert opened.complaints == []
    for url in opened.asked:
        path = url.removeprefix(address).partition("#")[0].lstrip("/") or "index.html"
        assert (site / path).is_file(), url
    kept = page.evaluate(
        "async () => [document.cookie, localStorage.length, sessionStorage.length, (await indexedDB.databases()).length, (await caches.keys()).length]"
    )
    assert kept == ["", 0, 0, 0, 0]


def test_the_policy_of_the_page_binds_python_too(opened: Opened, address: str) -> None:
    """What the page may not do, no code that it starts may do: to ask another place, to make code of a text."""
    tried = opened.page.evaluate(
        """async () => {
            const tries = [
                `fetch("http://127.0.0.1:9/").then(() => "asked", () => "refused")`,
                `Promise.resolve().then(() => (0, eval)("1")).then(() => "run", () => "refused")`,
            ];
            const text = tries.map((each) => `${each}.then((told) => postMessage(told));`).join("");
            const worker = new Worker(URL.createObjectURL(new Blob([text], { type: "text/javascript" })), { type: "module" });
            const told = [];
            return new Promise((resolve) => {
                worker.onmessage = ({ data }) => (told.push(data), told.length === 2 && (worker.terminate(), resolve(told)));
            });
        }"""
    )
    assert tried == ["refused", "refused"]
    opened.complaints.clear()
