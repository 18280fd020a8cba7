// The browser's Python, away from the page so that the page stays quick: requests in, answers out, both as text.

import { loadPyodide } from "./pyodide/pyodide.mjs";

const here = new URL("./", import.meta.url);
const python = start();
python.then(
  () => postMessage({ stage: "ready" }),
  (error) => postMessage({ stage: "failed", why: String(error) }),
);

self.addEventListener("message", async ({ data }) => {
  try {
    postMessage({ id: data.id, answer: (await python)(data.request) });
  } catch (error) {
    // A fault of the page or of the library, never of what a person entered: those come as answers.
    postMessage({ id: data.id, broken: String(error) });
  }
});

async function start() {
  postMessage({ stage: "python" });
  const about = await (await take("page.json")).json();
  const base = new URL("pyodide/", here).href;
  // Fetched while Python starts. The list of packages is empty and at hand, so that nothing is looked for elsewhere.
  const wheels = about.wheels.map((name) => bytes(`wheels/${name}`));
  const packs = about.packs === null ? null : bytes(about.packs);
  const own = ["bridge.py", "fault_words.py"].map(async (name) => [name, await bytes(name)]);
  const interpreter = await loadPyodide({ indexURL: base, lockFileContents: about.python, packageBaseUrl: base });
  postMessage({ stage: "library" });
  const site = interpreter.runPython("import sysconfig; sysconfig.get_paths()['purelib']");
  for (const wheel of await Promise.all(wheels)) interpreter.unpackArchive(wheel, "whl", { extractDir: site });
  if (packs !== null) interpreter.unpackArchive(await packs, "zip", { extractDir: "packs" });
  for (const [name, text] of await Promise.all(own)) interpreter.FS.writeFile(`${site}/${name}`, text);
  return interpreter.pyimport("bridge").answer;
}

async function take(path) {
  const response = await fetch(new URL(path, here));
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
  return response;
}

async function bytes(path) {
  return new Uint8Array(await (await take(path)).arrayBuffer());
}
