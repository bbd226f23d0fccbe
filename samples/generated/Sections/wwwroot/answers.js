// What the model says, by what it was trained for.
import { make } from "./elements.js";

const most = 10;
const number = new Intl.NumberFormat("en", { maximumFractionDigits: 2 });

const scenarios = {
  "text-classification": classes,
  "image-classification": classes,
  "sentence-similarity": similarity,
  "named-entity-recognition": entities,
  "question-answering": passage,
  translation,
  "text-generation": continuation,
};

/** The nodes that show an answer. */
export function showAnswer(model, row, answer, expected) {
  const nodes = scenarios[model.scenario](model, row, answer);
  if (expected)
    nodes.push(make("p", { className: "expected quiet" }, "In the data: ", make("bdi", { textContent: expected })));
  return nodes;
}

function classes({ columns }, row, answer) {
  return [
    make("p", { className: "headline" }, make("bdi", { textContent: answer[columns.label] })),
    ...bars(Object.entries(answer[columns.score]), "Probability of each class"),
  ];
}

function similarity({ columns, range: [least, greatest] }, row, answer) {
  const score = answer[columns.score];
  const share = Math.min(1, Math.max(0, (score - least) / (greatest - least)));
  return [
    make("p", { className: "headline", textContent: number.format(score) }),
    make("div", { className: "scale", "--share": share, "aria-hidden": "true" }, make("span", { className: "marker" })),
    make("div", { className: "ends quiet" },
      make("span", { textContent: `${number.format(least)}: unlike` }), make("span", { textContent: `${number.format(greatest)}: alike` })),
  ];
}

function entities({ fields, columns }, row, answer) {
  // The model counts characters in the words with one space between them.
  const text = row[fields[0].column].split(" ").filter(word => word !== "").join(" ");
  const found = answer[columns.types].map((type, index) => ({
    type, start: answer[columns.starts][index], length: answer[columns.lengths][index], score: answer[columns.scores][index],
  }));
  const marked = make("p", { className: "marked", dir: "auto" });
  let end = 0;
  for (const { type, start, length, score } of found) {
    marked.append(text.slice(end, start), make("mark", { "--hue": hueOf(type), title: `${type}, ${percent(score)}` },
      text.slice(start, start + length), make("span", { className: "type", textContent: type })));
    end = start + length;
  }
  marked.append(text.slice(end));
  return [
    make("p", { className: "quiet", textContent: found.length === 0 ? "No names in this text." : found.length === 1 ? "One name." : `${found.length} names.` }),
    marked,
    ...found.length === 0 ? [] : [make("ul", { className: "found" }, ...found.map(({ type, start, length, score }) =>
      make("li", {}, make("bdi", { textContent: text.slice(start, start + length) }), ` ${type}, ${percent(score)}`)))],
  ];
}

function passage({ fields, columns }, row, answer) {
  const context = row[fields[1].column];
  const found = answer[columns.answer];
  const start = answer[columns.start];
  const marked = make("p", { className: "marked", dir: "auto" });
  if (found === "")
    marked.append(context);
  else
    marked.append(context.slice(0, start), make("mark", { textContent: context.slice(start, start + found.length), "--hue": 60 }), context.slice(start + found.length));
  return [
    make("p", { className: "headline" }, found === "" ? "The text does not say." : make("bdi", { textContent: found })),
    ...bars(answer[columns.answers].map((text, index) => [text === "" ? "No answer in the text" : text, answer[columns.scores][index]]), "The best answers"),
    marked,
  ];
}

function translation({ columns }, row, answer) {
  return [make("p", { className: "written", dir: "auto", textContent: answer[columns.text] })];
}

function continuation({ fields, columns }, row, answer) {
  return [make("p", { className: "written", dir: "auto" },
    make("span", { className: "quiet", textContent: row[fields[0].column] }), answer[columns.text])];
}

/** The likeliest as bars, and a button for the others. */
function bars(entries, name) {
  const items = entries.toSorted(([, first], [, second]) => second - first).map(([label, share], index) =>
    make("li", { hidden: index >= most },
      make("bdi", { className: "label", textContent: label }),
      make("span", { className: "share", textContent: percent(share) }),
      make("span", { className: "bar", "--share": share, "aria-hidden": "true" })));
  const list = make("ol", { className: "bars", "aria-label": name }, ...items);
  if (items.length <= most)
    return [list];
  const more = make("button", { type: "button", className: "more", textContent: `Show all ${items.length}`, "aria-expanded": "false" });
  more.addEventListener("click", () => {
    const isOpen = more.getAttribute("aria-expanded") === "true";
    items.slice(most).forEach(item => { item.hidden = isOpen; });
    more.setAttribute("aria-expanded", String(!isOpen));
    more.textContent = isOpen ? `Show all ${items.length}` : `Show ${most}`;
  });
  return [list, more];
}

function percent(share) {
  return share > 0 && share < 0.001 ? "< 0.1 %" : `${(100 * share).toFixed(1)} %`;
}

/** A colour for a type of names, the same each time. */
function hueOf(type) {
  return [...type].reduce((hash, letter) => (hash * 31 + letter.codePointAt(0)) % 360, 200);
}
