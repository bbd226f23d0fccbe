// The form: what is in it goes to /predict, and what the model says is shown.
import { showAnswer } from "./answers.js";
import { createField } from "./fields.js";
import { connectionProblem, problemOf } from "./problems.js";
import { hideAttention, showAttention } from "./attention.js";
import { element, make } from "./elements.js";

const model = await (await fetch("model.json")).json();
const fields = model.fields.map((field, index) => createField(field, index, changed));
let asking = new AbortController();

element("description").textContent = model.description;
element("quality").textContent = model.quality;
element("submit").textContent = model.action;
element("shortcut").hidden = !model.fields.some(field => field.kind === "text");
element("fields").append(...fields.map(field => field.node));
element("examples-section").hidden = model.examples.length === 0;
element("examples").append(...model.examples.map(createExample));
element("form").addEventListener("submit", event => { event.preventDefault(); ask(); });
element("form").addEventListener("keydown", event => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    element("form").requestSubmit();
  }
});
changed();
document.body.dataset.ready = "yes";

/** An example from the data: a button that fills the form with it and asks. */
function createExample(example) {
  const button = make("button", { type: "button" });
  for (const field of model.fields) {
    const value = example.values[field.column];
    button.append(field.kind === "image" ? make("img", { src: value, alt: `An image of ${example.answer}` }) : make("span", { textContent: value }));
  }
  button.addEventListener("click", async () => {
    for (const [index, field] of model.fields.entries())
      await fields[index].set(example.values[field.column]);
    changed();
    ask(example.answer);
  });
  return make("li", {}, button);
}

/** Asks the model for what is in the form; with an example comes the answer that the data have. */
async function ask(expected) {
  asking.abort();
  asking = new AbortController();
  const { signal } = asking;
  const row = rowOfForm();
  element("answer-section").setAttribute("aria-busy", "true");
  const start = performance.now();
  try {
    const response = await post("predict", row, "application/json", signal);
    if (!response.ok) {
      fail(await problemOf(response, model));
      return;
    }
    const answer = await response.json();
    const time = performance.now() - start;
    element("problem").hidden = true;
    element("answer").replaceChildren(...showAnswer(model, row, answer, expected));
    element("timing").textContent = `Answered in ${time < 10 ? time.toFixed(1) : Math.round(time)} ms by version ${response.headers.get("Model-Version")} of the model.`;
    element("timing").hidden = false;
    element("answer-section").scrollIntoView({ block: "nearest" });
    if (model.hasAttention)
      showAttention(() => post("attention", row, "text/html", signal), model);
  } catch (error) {
    if (error.name !== "AbortError")
      fail(connectionProblem());
  } finally {
    if (!signal.aborted)
      element("answer-section").removeAttribute("aria-busy");
  }
}

function post(address, row, accept, signal) {
  return fetch(address, { method: "POST", headers: { "Content-Type": "application/json", Accept: accept }, body: JSON.stringify(row), signal });
}

function fail(sentences) {
  element("answer").replaceChildren();
  element("timing").hidden = true;
  element("problem").replaceChildren(...sentences.map(sentence => make("p", { textContent: sentence })));
  element("problem").hidden = false;
  hideAttention();
}

function rowOfForm() {
  return Object.fromEntries(model.fields.map((field, index) => [field.column, fields[index].value]));
}

/** Keeps the command that sends the same request up to date. */
function changed() {
  const row = Object.fromEntries(Object.entries(rowOfForm()).map(([name, value]) => [name, value.length > 2000 ? "…" : value]));
  const quoted = JSON.stringify(row).replaceAll("'", "'\\''");
  element("request").textContent = `curl ${new URL("predict", location.href)} \\\n  --header 'Content-Type: application/json' \\\n  --data '${quoted}'`;
}
