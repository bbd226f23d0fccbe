// What is chosen, and everything that follows from it.
const controls = Object.fromEntries(["layer", "head", "query", "shading", "mode", "strength"].map(name => [name, document.getElementById(name)]));

function nameOf(token) { return token === "mean" ? "every token on average" : `“${data.queries[token]}”`; }

function describeView() {
  if (data.layers * data.heads === 1) return "the only head";
  if (view.layer === "rollout") return "rollout of all layers";
  const layer = view.layer === "mean" ? "mean of all layers" : `layer ${view.layer + 1}`;
  return `${layer}, ${view.head === "mean" ? "mean of all heads" : `head ${view.head + 1}`}`;
}

function option(value, text) { return make("option", { value, textContent: text }); }
function numbered(count, name) { return [...Array(count).keys()].map(index => option(index, `${name} ${index + 1}`)); }

function buildControls() {
  if (data.layers > 1) controls.layer.append(option("mean", `mean of ${data.layers}`));
  if (data.rollout) controls.layer.append(option("rollout", "rollout of all"));
  controls.layer.append(...numbered(data.layers, "layer"));
  if (data.heads > 1) controls.head.append(option("mean", `mean of ${data.heads}`));
  controls.head.append(...numbered(data.heads, "head"));
  controls.query.append(option("mean", "every token (mean)"), ...data.queries.map((label, query) => option(query, `${query + 1}: ${label}`)));
  for (const [name, control] of Object.entries(controls)) control.addEventListener("input", () => choose({ [name]: read(name, control.value) }));
}

function read(name, value) {
  if (name === "strength") return value / 100;
  return /^\d+$/.test(value) ? Number(value) : value;
}

// Another part of the attention, or another way to show it.
function choose(change) {
  Object.assign(view, change);
  for (const [name, control] of Object.entries(controls)) control.value = name === "strength" ? Math.round(100 * view.strength) : view[name];
  controls.head.disabled = view.layer === "rollout";
  draw();
  if (view.cursor) say(data.image || view.cursor.query === "mean" ? view.query : view.cursor.query, view.cursor.key);
}

function draw() {
  const matrix = matrixOf(view.layer, view.head);
  drawMatrix();
  if (data.image) drawPicture();
  else drawTokens();
  if (data.image) drawLegend(largestPatch(patchRow()), { heat: heatOf, spotlight: lightOf, squares: lightOf }[view.mode]);
  else drawLegend(largestOf(matrix));
  drawHeads();
  drawTable();
}

// The exact value of what is pointed at, by mouse or keys.
function point(query, key) {
  if (view.cursor && view.cursor.query === query && view.cursor.key === key) return;
  view.cursor = { query, key };
  if (data.image) drawPicture();
  drawMatrix();
  say(query, key);
}

function say(query, key) {
  const row = rowOf(matrixOf(view.layer, view.head), query), rank = rankOf(row)[key];
  const from = make("bdi", { textContent: nameOf(query) }), to = make("bdi", { textContent: `“${data.keys[key]}”` });
  document.getElementById("readout").replaceChildren(
    make("strong", {}, from, " → ", to, `: ${about}${exact(row[key])}`), make("br"),
    `${hundredths(row[key])} % of what it looks at, place ${rank} of ${columns}; ${describeView()}`);
}

async function open() {
  await loadWeights();
  buildControls();
  if (data.image) await buildPicture();
  else buildTokens();
  buildHeads();
  matrixSection.open = !data.image;
  document.getElementById("precision").textContent = data.weights.levels === 0 ? "" :
    `Weights are rounded, at worst by 1/${data.weights.levels} of the largest in their row.`;
  document.getElementById("readout").textContent = `Point at a ${data.image ? "patch" : "token"}, or move to it with the keyboard, to read its weight.`;
  view.layer = data.layers > 1 ? "mean" : 0;
  view.head = data.heads > 1 ? "mean" : 0;
  view.query = data.image?.prefix > 0 ? 0 : "mean";
  choose({});
  matrixSection.addEventListener("toggle", draw);
  theme.addEventListener("change", draw);
  new ResizeObserver(drawMatrix).observe(document.body);
  document.body.dataset.ready = "yes";
}

open();
