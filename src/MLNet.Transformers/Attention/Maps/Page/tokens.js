// The text itself: each token shaded by what it gets of the chosen one.
const keyTokens = document.getElementById("keys"), queryTokens = document.getElementById("queries");

function buildTokens() {
  document.getElementById("tokens-section").hidden = false;
  data.keys.forEach((label, key) => keyTokens.append(tokenButton(label, () => point(view.query, key), isCross ? null : key)));
  if (!isCross) return;
  queryTokens.hidden = false;
  document.getElementById("tokens-help").textContent = "Above the tokens that look, below those that they look at. Choose one above to see what it looks at; choose it again for the mean of all.";
  data.queries.forEach((label, query) => queryTokens.append(tokenButton(label, () => {}, query)));
}

function tokenButton(label, enter, query) {
  const button = make("button", { type: "button", className: "token" }, make("bdi", { textContent: label }));
  button.append(make("span", { className: "bar" }), make("span", { className: "share" }));
  button.addEventListener("pointerenter", enter);
  button.addEventListener("focus", enter);
  if (query !== null) button.addEventListener("click", () => choose({ query: view.query === query ? "mean" : query }));
  return button;
}

function drawTokens() {
  const row = rowOf(matrixOf(view.layer, view.head), view.query), largest = largestOf(row);
  [...keyTokens.children].forEach((button, key) => {
    const share = shareOf(row[key], largest), color = colorOf(share), [name, bar, number] = button.children;
    name.style.background = color;
    name.style.color = inkOn(color);
    bar.style.setProperty("--share", share);
    number.textContent = `${percent(row[key])} %`;
    if (!isCross) button.setAttribute("aria-pressed", view.query === key);
  });
  [...queryTokens.children].forEach((button, query) => button.setAttribute("aria-pressed", view.query === query));
}
