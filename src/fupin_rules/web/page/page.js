// Draws the page from the OpenAPI document. Whatever is written is written as text: nothing told becomes markup.
"use strict";

const WORDS = {
  zh: {
    other: "English", send: "发送", answer: "答复", body: "请求体", required: "必填", optional: "可不填",
    waiting: "……", failed: "请求未送达", name: "名称", type: "类型", says: "说明", status: "状态", code: "代码",
    answers: "可能的答复", unread: "接口说明无法读取", example: "恢复示例", kinds: "种",
  },
  en: {
    other: "中文", send: "Send", answer: "Answer", body: "Body", required: "required", optional: "may be left out",
    waiting: "…", failed: "the request did not get through", name: "Name", type: "Type", says: "What it is",
    status: "Status", code: "Code", answers: "Answers there can be", unread: "the document cannot be read",
    example: "Back to the example", kinds: "kinds",
  },
};
const base = document.URL.replace(/[?#].*$/, "").replace(/\/api\/?$/, "");
let language = (navigator.language || "zh").toLowerCase().startsWith("zh") ? "zh" : "en";
let api = null;
let problems = null;

function say(name) { return WORDS[language][name]; }

// Texts for people read "中文 · English".
function mine(text) {
  const place = (text || "").indexOf(" · ");
  if (place < 0) return text || "";
  return language === "zh" ? text.slice(0, place) : text.slice(place + 3);
}

function make(tag, attributes, ...inner) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) node.setAttribute(name, value);
  for (const each of inner) node.append(each);
  return node;
}

function resolved(schema) {
  const at = schema && schema.$ref;
  return at ? api.components.schemas[at.split("/").pop()] || {} : schema || {};
}

function typeOf(schema) {
  if (!schema) return "";
  if (schema.$ref) return schema.$ref.split("/").pop().replace(/^Fupin/, "");
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.map((each) => String(each)).join(" | ");
  const either = schema.anyOf || schema.oneOf;
  if (either) return [...new Set(either.map(typeOf))].join(" | ");
  if (schema.type === "array") return `[${typeOf(schema.items)}]`;
  if (schema.format === "date") return "YYYY-MM-DD";
  return [].concat(schema.type || "").join(" | ");
}

function tableOf(heads, rows) {
  const head = make("tr", {}, ...heads.map((each) => make("th", {}, each)));
  const lines = rows.map((row) => make("tr", {}, ...row.map((each) => make("td", {}, each))));
  return make("div", { class: "scroll" }, make("table", {}, make("thead", {}, head), make("tbody", {}, ...lines)));
}

function propertiesOf(schema) {
  const rows = Object.entries(schema.properties || {}).map(([name, each]) => [
    make("code", {}, name),
    make("code", {}, typeOf(each)),
    mine(each.title) || mine(each.description) || mine(resolved(each).description),
  ]);
  return tableOf([say("name"), say("type"), say("says")], rows);
}

function field(parameter) {
  const schema = parameter.schema || {};
  let input;
  if (schema.enum) {
    input = make("select", { name: parameter.name });
    if (!parameter.required && schema.default === undefined) input.append(make("option", { value: "" }, ""));
    for (const each of schema.enum) input.append(make("option", { value: each }, each));
    if (schema.default !== undefined) input.value = schema.default;
  } else {
    const type = schema.format === "date" ? "date" : schema.type === "integer" ? "number" : "text";
    input = make("input", { name: parameter.name, type });
    if (schema.minimum !== undefined) input.setAttribute("min", schema.minimum);
    const first = /(\d{4}-\d{2}-\d{2})/.exec(schema.description || "");
    if (parameter.required && first) input.value = first[1];
  }
  const need = parameter.required ? say("required") : say("optional");
  const hint = [mine(parameter.description), need, schema.description].filter(Boolean).join(" — ");
  const label = make("label", {}, make("code", {}, parameter.name), input, make("span", { class: "hint" }, hint));
  return { parameter, input, label };
}

function pretty(text, kind) {
  if (!/json/.test(kind)) return text;
  try { return JSON.stringify(JSON.parse(text), null, 2); } catch { return text; }
}

function formOf(path, method, operation) {
  const fields = (operation.parameters || []).map(field);
  const content = operation.requestBody && operation.requestBody.content["application/json"];
  const area = content && make("textarea", { spellcheck: "false", "aria-label": say("body") });
  const example = content && JSON.stringify(content.example, null, 2);
  if (area) area.value = example;
  const out = make("div", { "aria-live": "polite" });
  const form = make("form", {}, make("div", { class: "fields" }, ...fields.map((each) => each.label)));
  if (area) {
    const back = make("button", { type: "button" }, say("example"));
    back.addEventListener("click", () => { area.value = example; });
    form.append(make("h3", {}, `${say("body")}: ${typeOf(content.schema)}`), area, back);
  }
  form.append(make("button", { type: "submit" }, say("send")), out);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    let address = path;
    const query = new URLSearchParams();
    for (const { parameter, input } of fields) {
      if (parameter.in === "path") address = address.replace(`{${parameter.name}}`, encodeURIComponent(input.value));
      else if (input.value !== "") query.append(parameter.name, input.value);
    }
    const target = base + address + (query.size ? `?${query}` : "");
    const headers = area ? { "content-type": "application/json" } : {};
    out.replaceChildren(make("p", {}, say("waiting")));
    try {
      const answer = await fetch(target, { method: method.toUpperCase(), headers, body: area ? area.value : undefined });
      const kind = answer.headers.get("content-type") || "";
      const text = pretty(await answer.text(), kind);
      const line = make("p", answer.ok ? {} : { class: "wrong" }, `${say("answer")}: ${answer.status} ${kind}`);
      out.replaceChildren(make("code", { class: "quiet" }, target), line, make("pre", { tabindex: "0" }, text));
    } catch {
      out.replaceChildren(make("p", { class: "wrong" }, say("failed")));
    }
  });
  return form;
}

function answersOf(operation) {
  const rows = Object.entries(operation.responses).map(([status, each]) => [
    status,
    Object.entries(each.content || {}).map(([kind, content]) => `${kind} ${typeOf(content.schema)}`).join(", "),
    each.description.split("; ").map(mine).join(language === "zh" ? "；" : "; "),
  ]);
  return tableOf([say("status"), say("type"), say("says")], rows);
}

// What is open stays open, and is drawn when it is opened first.
function folded(key, summary, inner) {
  const body = make("div", {});
  const details = make("details", { id: key }, make("summary", {}, ...summary), body);
  details.addEventListener("toggle", () => { if (details.open && !body.hasChildNodes()) body.append(...inner()); });
  return details;
}

function endpointOf(path, method, operation) {
  const summary = [
    make("span", { class: `method ${method}` }, method.toUpperCase()),
    make("code", {}, path),
    make("span", { class: "said" }, mine(operation.summary)),
  ];
  return folded(`${method} ${path}`, summary, () => [
    formOf(path, method, operation), make("h3", {}, say("answers")), answersOf(operation),
  ]);
}

function draw() {
  const open = new Set([...document.querySelectorAll("details[open]")].map((each) => each.id));
  document.documentElement.lang = language;
  for (const node of document.querySelectorAll("[data-zh]")) node.textContent = node.dataset[language];
  document.getElementById("language").textContent = say("other");
  document.title = document.querySelector("h1").textContent;
  if (!api) return;
  const texts = api.info.description.split("\n\n");
  document.getElementById("about").textContent = language === "zh" ? texts[0] : texts[1];
  document.getElementById("version").textContent = `${api.info.title} ${api.info.version}`;
  const groups = new Map();
  for (const [path, operations] of Object.entries(api.paths)) {
    for (const [method, operation] of Object.entries(operations)) {
      const group = (operation.tags || [""]).at(-1);
      if (!groups.has(group)) groups.set(group, []);
      groups.get(group).push(endpointOf(path, method, operation));
    }
  }
  const parts = [...groups].flatMap(([group, all]) => [make("h2", {}, mine(group)), ...all]);
  document.getElementById("endpoints").replaceChildren(...parts);
  const rows = Object.entries(problems.codes).map(([name, each]) => [
    String(problems.kinds[each.kind].status), make("code", {}, each.kind), make("code", {}, name), each[language],
  ]);
  document.getElementById("problems").replaceChildren(
    folded("problems-all", [`${Object.keys(problems.kinds).length} ${say("kinds")}`], () => [
      tableOf([say("status"), "type", say("code"), say("says")], rows),
    ]),
  );
  const schemas = Object.entries(api.components.schemas).map(([name, schema]) => folded(
    `schema ${name}`,
    [make("code", {}, name.replace(/^Fupin/, "")), " ", make("span", { class: "quiet" }, mine(schema.description))],
    () => (schema.properties ? [propertiesOf(schema)] : [make("pre", {}, JSON.stringify(schema, null, 2))]),
  ));
  document.getElementById("schemas").replaceChildren(...schemas);
  for (const each of document.querySelectorAll("details")) if (open.has(each.id)) each.open = true;
}

document.getElementById("language").addEventListener("click", () => {
  language = language === "zh" ? "en" : "zh";
  draw();
});

(async () => {
  draw();
  try {
    const given = await Promise.all(["openapi.json", "problems.json"].map((name) => fetch(`${base}/api/${name}`)));
    [api, problems] = await Promise.all(given.map((each) => each.json()));
    draw();
  } catch {
    document.getElementById("about").textContent = say("unread");
  }
})();
