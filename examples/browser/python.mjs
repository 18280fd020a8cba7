// The page's side of the worker: start it, ask it, and start it again if it breaks.

export class Faults extends Error {
  // What the library refuses: a list of { path, code, zh, en }.
  constructor(list) {
    super("refused");
    this.list = list;
  }
}

let worker = null;
let told = () => {};
let count = 0;
let ready = null;
const waiting = new Map();

// Start Python; `onStage` is told `python`, `library`, `ready`, `failed` and, after a breakdown, `again`.
export function start(onStage) {
  told = onStage;
  begin();
}

function begin() {
  // A worker from a blob is bound by this page's content security policy, one from an address by its own headers,
  // which a plain web server does not send: so not even Python can reach another place.
  const address = new URL("worker.mjs", import.meta.url).href;
  const code = `import(${JSON.stringify(address)}).catch((error) => postMessage({ stage: "failed", why: String(error) }));`;
  const blob = URL.createObjectURL(new Blob([code], { type: "text/javascript" }));
  worker = new Worker(blob, { type: "module" });
  // Asked before it listens, a worker would never answer.
  let isReady;
  ready = new Promise((resolve) => (isReady = resolve));
  worker.addEventListener("message", ({ data }) => {
    if (data.stage === "ready") isReady();
    if (data.stage) told(data.stage);
    else settle(data);
  });
  worker.addEventListener("error", () => told("failed"));
}

function settle({ id, answer, broken }) {
  const { resolve, reject } = waiting.get(id) ?? {};
  waiting.delete(id);
  if (broken !== undefined) {
    again();
    reject?.(new Error(broken));
    return;
  }
  const { ok, faults } = JSON.parse(answer);
  if (faults) reject?.(new Faults(faults));
  else resolve?.(ok);
}

function again() {
  // What Python was doing is lost, what a person entered is not: it is kept by the page.
  worker.terminate();
  for (const { reject } of waiting.values()) reject(new Error("started again"));
  waiting.clear();
  told("again");
  begin();
}

// Ask for something by name; gives what the bridge answers, or throws `Faults`.
export async function ask(name, values = {}) {
  await ready;
  const id = ++count;
  return new Promise((resolve, reject) => {
    waiting.set(id, { resolve, reject });
    worker.postMessage({ id, request: JSON.stringify({ ask: name, ...values }) });
  });
}
