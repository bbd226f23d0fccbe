// The same numbers without any picture.
const tableSection = document.getElementById("table-section"), table = document.getElementById("values");

function drawTable() {
  if (!tableSection.open) return;
  const row = rowOf(matrixOf(view.layer, view.head), view.query);
  const ranks = rankOf(row);
  const caption = make("caption", { textContent: `What ${nameOf(view.query)} looks at (${describeView()})` });
  table.replaceChildren(caption, ...(data.image ? patchRows(row) : tokenRows(row, ranks)));
}

// Each weight's place among all, the largest first.
function rankOf(row) {
  const order = [...row.keys()].sort((a, b) => row[b] - row[a]), ranks = new Array(row.length);
  order.forEach((key, place) => { ranks[key] = place + 1; });
  return ranks;
}

function header(text, scope) { return make("th", { scope }, make("bdi", { textContent: text })); }

function tokenRows(row, ranks) {
  const head = make("thead", {}, make("tr", {}, ...["Token", "Weight", "%", "Rank"].map(text => header(text, "col"))));
  const body = [...row].map((weight, key) => make("tr", {}, header(data.keys[key], "row"),
    ...[about + exact(weight), percent(weight), ranks[key]].map(text => make("td", { textContent: text }))));
  return [head, make("tbody", {}, ...body)];
}

// Patches where they are in the picture; hundredths of a percent, to keep columns narrow.
function patchRows(row) {
  const { rows: high, columns: wide, prefix } = data.image;
  const prefixRows = data.keys.slice(0, prefix).map((name, key) =>
    make("tr", {}, header(name, "row"), make("td", { textContent: hundredths(row[key]), colSpan: wide })));
  const head = make("thead", {}, make("tr", {}, header("Row, in %", "col"), ...[...Array(wide).keys()].map(column => header(`${column + 1}`, "col"))));
  const body = [...Array(high).keys()].map(y => make("tr", {}, header(`${y + 1}`, "row"),
    ...[...Array(wide).keys()].map(x => make("td", { textContent: hundredths(row[prefix + y * wide + x]) }))));
  return [head, make("tbody", {}, ...body, ...prefixRows)];
}

tableSection.addEventListener("toggle", drawTable);
