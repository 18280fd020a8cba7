// The page: what is chosen and known, and what is drawn again when that changes. Facts stand in one place, so the form
// and the questions are two views of them; every answer comes from the library.

import { byId, fill, h } from "./dom.mjs";
import { form } from "./form.mjs";
import { withFact, withMember, withoutMember } from "./household.mjs";
import { interview } from "./interview.mjs";
import { lines } from "./lines.mjs";
import { drawAnswer, drawChanges, mark, verdict } from "./outcome.mjs";
import { Faults, ask, start } from "./python.mjs";
import { turning } from "./turning.mjs";
import { language, loadWords, said, speak, word } from "./words.mjs";

const NEW = { id: "H-1" };
// Nobody is interrupted while typing.
const PAUSE = 350;
const MOST_CHARACTERS = 1 << 20;

const state = {
  policies: [],
  fields: null,
  about: null,
  described: null,
  household: NEW,
  // The household that the changes shown are told from, and the fact last changed, while it is the same one.
  before: null,
  touched: null,
  talk: null,
  look: null,
  // Which policy and household the outcome shown is of: under another policy it is none.
  looked: null,
  faults: [],
  missing: [],
};

const page = {
  state: () => state,
  tell(path, value) {
    set(withFact(state.household, path, value), path);
  },
  addMember() {
    set(withMember(state.household), "members");
    theForm.draw();
  },
  removeMember(id) {
    set(withoutMember(state.household, id), "members");
    theForm.draw();
  },
  // A way that was found is taken; its button goes with the others, so the reader is led to what came of it.
  tryOut(household) {
    become(household);
    byId("answer").focus();
  },
  // Take a step of the talk that is drawn; when facts change while it is taken, they come first.
  async step(move) {
    const { talk } = state;
    const { fault, ok } = await refused(ask("interview", { about: state.about, talk: talk.talk, move }));
    if (fault) return fault;
    if (state.talk !== talk) return undefined;
    takeTalk(ok);
    theForm.draw();
    theInterview.draw({ moves: true });
    assess();
    return undefined;
  },
  turn: () => ofToday("turn", {}),
  compare: (values) => ofToday("compare", { values }),
  show(fact) {
    choose("form");
    theForm.show(fact);
  },
};

const theForm = form(byId("form"), page);
const theInterview = interview(byId("interview"), page);
const theTurning = turning(byId("turning"), page);
const theLines = lines(byId("lines"), page);

async function begin() {
  const wished = new URLSearchParams(location.hash.slice(1));
  const [{ policies }] = await Promise.all([fetch("page.json").then((response) => response.json()), loadWords()]);
  state.policies = policies;
  speak(wished.get("lang") ?? (navigator.language.startsWith("zh") ? "zh" : "en"));
  listen();
  const pack = policies.some((each) => each.id === wished.get("policy")) ? wished.get("policy") : policies[0].id;
  const today = new Date().toISOString().slice(0, 10);
  state.about = { pack, on: covered(pack, wished.get("on") ?? today), goal: goalOf(pack, wished.get("goal")), given: {} };
  drawWords();
  start(stage);
}

async function stage(name) {
  const notice = byId("stage");
  notice.textContent = name === "ready" ? "" : word(`stage_${name}`);
  notice.classList.toggle("failed", name === "failed");
  if (name !== "ready") return;
  if (state.fields === null) state.fields = catalogue(await ask("fields"));
  await take();
  document.body.dataset.ready = "true";
}

function catalogue(fields) {
  const household = new Map(fields.household.map((each) => [each.path, each]));
  const member = new Map(fields.member.map((each) => [each.path, each]));
  return { ...fields, byPath: (path) => household.get(path) ?? member.get(/^members\[[^\]]*\]\.(.+)$/.exec(path)?.[1]) };
}

// -- the policy --------------------------------------------------------------------------------------------------------

const policy = () => state.policies.find((each) => each.id === state.about.pack);

function covered(pack, day) {
  const { first, last } = state.policies.find((each) => each.id === pack);
  if (day < first) return first;
  return last !== null && day > last ? last : day;
}

function goalOf(pack, wished) {
  const { goals } = state.policies.find((each) => each.id === pack);
  return goals.includes(wished) ? wished : goals[0];
}

// Take up a policy, a day or a goal: other facts count, and the talk begins anew with what is known.
async function take() {
  quit();
  const told = await refused(ask("describe", { about: state.about }));
  byId("on-fault").hidden = !told.fault;
  byId("on-fault").textContent = told.fault ?? "";
  if (told.fault) return forget();
  state.described = told.ok;
  state.before = null;
  drawOpen();
  theForm.draw();
  theLines.draw();
  theTurning.draw();
  return assess();
}

function drawPolicy() {
  const { pack, on, goal } = state.about;
  fill(byId("pack"), state.policies.map((each) => h("option", { value: each.id, selected: each.id === pack }, `${said(each.title)} · ${each.id}`)));
  const { first, last, goals, note } = policy();
  Object.assign(byId("on"), { value: on, min: first, max: last ?? "" });
  byId("covered").textContent = word("covered", { first, last: last ?? "…" });
  fill(
    byId("goals"),
    goals.map((each) =>
      h("label", {}, h("input", { type: "radio", name: "goal", value: each, checked: each === goal, onchange: () => ((state.about = { ...state.about, goal: each }), take()) }), h("span", {}, word(`goal_${each}`))),
    ),
  );
  byId("about-policy").hidden = said(note) === "";
  byId("policy-note").textContent = said(note);
}

function drawOpen() {
  const left = state.described.parameters.filter((each) => state.described.open.includes(each.name));
  byId("open-parameters").hidden = left.length === 0;
  fill(
    byId("open-values"),
    left.map((each) =>
      h(
        "div",
        { class: "fact number" },
        h("label", { for: `open-${each.name}` }, said(each.label)),
        h(
          "div",
          { class: "amount" },
          h("input", {
            id: `open-${each.name}`,
            type: "text",
            inputmode: "decimal",
            autocomplete: "off",
            maxlength: "40",
            value: state.about.given[each.name] ?? "",
            oninput: later(({ target }) => {
              const { [each.name]: _, ...others } = state.about.given;
              const text = target.value.trim();
              state.about = { ...state.about, given: text === "" ? others : { ...others, [each.name]: text } };
              quit();
              assess();
            }),
          }),
          h("span", { class: "unit" }, said(each.unit)),
        ),
      ),
    ),
  );
}

// -- facts and answers -------------------------------------------------------------------------------------------------

function set(household, touched) {
  // Digits of one number are one change. Facts that could not be read had no outcome to tell a change from.
  if (touched === null || touched !== state.touched) state.before = state.looked?.household ?? null;
  state.touched = touched;
  state.household = household;
  quit();
  clear();
  if (touched === null) assess();
  else assessLater();
}

// Take other facts altogether.
function become(household) {
  set(household, null);
  theForm.draw();
}

// Take another household, which is no change of the one before.
function turnTo(household) {
  state.looked = null;
  become(household);
}

// The talk so far was about other facts or rules: no question of it stands to be answered while the next is looked for.
function quit() {
  state.talk = null;
  theInterview.draw();
}

// What was found out about other facts is taken away, before anybody takes it for these.
function clear() {
  theTurning.clear();
  theLines.clear();
}

function takeTalk(talk) {
  state.before = state.household;
  state.touched = null;
  state.household = talk.household;
  state.talk = talk;
  clear();
}

const assessLater = later(() => assess());
let running = null;
let isAskedAgain = false;

// Ask for the newest facts only: what came in between is never shown.
function assess() {
  isAskedAgain = true;
  running ??= (async () => {
    while (isAskedAgain) {
      isAskedAgain = false;
      await look();
    }
  })().finally(() => (running = null));
  return running;
}

async function look() {
  const { about, household, before } = state;
  const isOld = () => isAskedAgain || state.about !== about || state.household !== household;
  try {
    const [told, talk] = await Promise.all([
      ask("look", { about, household, language: language(), before }),
      state.talk ?? ask("interview", { about, household }),
    ]);
    if (isOld()) return;
    const isBegun = state.talk === null;
    Object.assign(state, { look: told, looked: { about, household }, talk, faults: [], missing: told.missing });
    drawLook();
    // A question that stands already is not drawn again: whoever is about to answer it would lose the place.
    if (isBegun) theInterview.draw();
  } catch (error) {
    if (!(error instanceof Faults)) return;
    if (!isOld()) drawFaults(error.list);
  }
}

function drawFaults(list) {
  state.faults = list;
  if (state.looked?.about !== state.about) forget();
  const others = theForm.mark();
  fill(
    byId("elsewhere"),
    state.look === null ? null : h("p", { class: "fault" }, word("stale")),
    others.length ? h("ul", { class: "plain" }, others.map((each) => h("li", { class: "fault" }, said(each)))) : null,
  );
}

// Take away the outcome under another policy, on another day, or with another value.
function forget() {
  Object.assign(state, { look: null, missing: [] });
  quit();
  fill(byId("headline"), h("p", { class: "verdict" }, word("waiting")));
  for (const id of ["changed", "grounds"]) fill(byId(id));
  byId("strip").hidden = true;
  clear();
}

function drawLook() {
  const { outcome, headline } = state.look;
  const shown = byId("headline");
  if (shown.textContent !== mark(outcome).textContent + headline) fill(shown, verdict(outcome, headline));
  fill(byId("elsewhere"));
  drawChanges(byId("changed"), state.before === null ? null : state.look.changes);
  drawAnswer(byId("grounds"), state.look, page.show);
  theForm.mark();
  fill(byId("strip"), verdict(outcome, word(`outcome_${outcome}`)));
  byId("strip").hidden = false;
  byId("foot").textContent = word("foot", { library: state.look.library, fingerprint: state.look.fingerprint.slice(0, 12) });
}

// Ask something of the facts as they are; an answer that comes when they are others is old.
async function ofToday(name, values) {
  const { about, household } = state;
  const { fault, ok } = await refused(ask(name, { about, household, language: language(), ...values }));
  const isOld = state.about !== about || state.household !== household;
  return isOld ? { isOld } : fault ? { fault } : ok;
}

// Give what was asked for, or the fault in the chosen language.
async function refused(asked) {
  try {
    return { ok: await asked };
  } catch (error) {
    return { fault: error instanceof Faults ? error.list.map(said).join(" ") : word("stage_again") };
  }
}

function later(act) {
  let timer;
  return (...given) => {
    clearTimeout(timer);
    timer = setTimeout(() => act(...given), PAUSE);
  };
}

// -- what is always there ----------------------------------------------------------------------------------------------

function drawWords() {
  document.title = word("title");
  for (const element of document.querySelectorAll("[data-word]")) element.textContent = word(element.dataset.word);
  byId("language").lang = language() === "zh" ? "en" : "zh-CN";
  if (state.look === null) {
    fill(byId("headline"), h("p", { class: "verdict" }, word("waiting")));
    byId("foot").textContent = word("foot_short");
  }
  drawPolicy();
}

function listen() {
  byId("language").addEventListener("click", () => {
    speak(language() === "zh" ? "en" : "zh");
    drawWords();
    if (state.described === null) return;
    drawOpen();
    theForm.draw();
    theInterview.draw();
    theLines.draw();
    theTurning.draw();
    fill(byId("file-told"));
    assess();
  });
  byId("pack").addEventListener("change", ({ target }) => {
    const pack = target.value;
    state.about = { pack, on: covered(pack, state.about.on), goal: goalOf(pack, state.about.goal), given: {} };
    drawPolicy();
    take();
  });
  byId("on").addEventListener("change", ({ target }) => {
    if (target.value === "") return;
    state.about = { ...state.about, on: target.value };
    take();
  });
  const tabs = ["interview", "form"];
  for (const name of tabs) byId(`tab-${name}`).addEventListener("click", () => choose(name));
  document.querySelector("[role=tablist]").addEventListener("keydown", ({ key }) => {
    if (key !== "ArrowLeft" && key !== "ArrowRight") return;
    const other = tabs.find((name) => byId(name).hidden);
    choose(other);
    byId(`tab-${other}`).focus();
  });
  byId("save").addEventListener("click", save);
  byId("open").addEventListener("change", open);
  byId("new").addEventListener("click", () => {
    turnTo(NEW);
    fill(byId("file-told"), h("p", {}, word("begun")));
  });
}

function choose(view) {
  for (const name of ["interview", "form"]) {
    byId(name).hidden = name !== view;
    byId(`tab-${name}`).setAttribute("aria-selected", String(name === view));
    byId(`tab-${name}`).tabIndex = name === view ? 0 : -1;
  }
}

async function save() {
  const { fault, ok } = await refused(ask("written", { household: state.household }));
  if (ok) {
    const address = URL.createObjectURL(new Blob([ok], { type: "application/json" }));
    h("a", { href: address, download: `${state.household.id.replace(/[^\p{L}\p{N}._-]/gu, "_")}.jsonl` }).click();
    URL.revokeObjectURL(address);
  }
  fill(byId("file-told"), h("p", fault ? { class: "fault" } : {}, fault ?? word("saved")));
}

async function open({ target }) {
  const [file] = target.files;
  target.value = "";
  if (!file) return;
  // The text goes to the library as it is: how deep it is nested is looked at there before anything reads it.
  const { fault, list, ok } = file.size > MOST_CHARACTERS ? { fault: word("too_large") } : await opened(await file.text());
  if (ok) {
    turnTo(ok.household);
    const key = ok.left_out ? "opened_without" : "opened";
    fill(byId("file-told"), h("p", {}, word(key, { name: file.name, count: ok.left_out })));
    return;
  }
  fill(byId("file-told"), h("p", { class: "fault" }, word("not_opened"), fault ?? ""), list ? h("ul", { class: "plain" }, list) : null);
}

async function opened(text) {
  try {
    return { ok: await ask("read", { text }) };
  } catch (error) {
    if (!(error instanceof Faults)) return { fault: word("stage_again") };
    return { list: error.list.map((each) => h("li", {}, h("code", {}, each.path), " ", said(each))) };
  }
}

begin().catch((error) => {
  byId("stage").textContent = word("stage_failed");
  throw error;
});
