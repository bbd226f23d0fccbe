// The matrix of all tokens: rows look, columns are looked at.
const matrixCanvas = document.getElementById("matrix");
const matrixSection = document.getElementById("matrix-section");
const frame = { left: 0, top: 0, cell: 0 };

function layOut(pen) {
  const room = Math.max(280, matrixSection.clientWidth - 8), count = Math.max(rows, columns);
  pen.font = "12px system-ui, sans-serif";
  const widest = labels => Math.min(160, Math.max(...labels.map(label => pen.measureText(shorten(label)).width)) + 10);
  const cell = Math.min(36, Math.max(3, Math.floor((room - widest(data.queries) - 2) / columns)), Math.floor(7200 / count));
  // Tokens that would not fit are left to the readout; narrow screens scroll before names go.
  const named = count <= 80;
  frame.cell = named ? Math.max(15, cell) : cell;
  frame.left = named ? widest(data.queries) : 2;
  frame.top = named ? widest(data.keys) : 2;
}

function drawMatrix() {
  if (!matrixSection.open) return;
  layOut(matrixCanvas.getContext("2d"));
  const { left, top, cell } = frame;
  const pen = prepare(matrixCanvas, left + columns * cell + 2, top + rows * cell + 2);
  const matrix = matrixOf(view.layer, view.head), largest = largestOf(matrix);
  drawNames(pen);
  for (let i = 0; i < matrix.length; i++) {
    const x = left + i % columns * cell, y = top + Math.floor(i / columns) * cell, share = shareOf(matrix[i], largest);
    drawCell(pen, x, y, cell, share);
    if (cell < 30) continue;
    pen.font = "10px system-ui, sans-serif";
    pen.textAlign = "center";
    pen.fillStyle = share > 0.25 ? inkOn(colorOf(share)) : styleOf("--ink");
    pen.fillText(percent(matrix[i]), x + cell / 2, y + cell / 2 + 4);
  }
  pen.strokeStyle = styleOf("--line");
  pen.lineWidth = 1;
  pen.strokeRect(left, top, columns * cell, rows * cell);
  if (view.query !== "mean") drawFrame(pen, left, top + view.query * cell, columns * cell, cell, []);
  if (view.cursor && view.cursor.query !== "mean") drawFrame(pen, left + view.cursor.key * cell, top + view.cursor.query * cell, cell, cell, [4, 3]);
}

function shorten(label) { return label.length <= 24 ? label : [...label].slice(0, 23).join("") + "…"; }

function drawNames(pen) {
  const { left, top, cell } = frame;
  if (left === 2) return;
  pen.fillStyle = styleOf("--ink");
  pen.font = "12px system-ui, sans-serif";
  pen.textAlign = "right";
  data.queries.forEach((label, row) => pen.fillText(shorten(label), left - 6, top + (row + 0.5) * cell + 4, left - 8));
  pen.textAlign = "left";
  data.keys.forEach((label, column) => {
    pen.save();
    pen.translate(left + (column + 0.5) * cell + 4, top - 6);
    pen.rotate(-Math.PI / 2);
    pen.fillText(shorten(label), 0, 0, top - 8);
    pen.restore();
  });
}

matrixCanvas.addEventListener("pointermove", event => {
  const box = matrixCanvas.getBoundingClientRect();
  const key = Math.floor((event.clientX - box.left - frame.left) / frame.cell), query = Math.floor((event.clientY - box.top - frame.top) / frame.cell);
  if (key >= 0 && key < columns && query >= 0 && query < rows) point(query, key);
});
matrixCanvas.addEventListener("click", () => { if (view.cursor) choose({ query: view.cursor.query }); });
matrixCanvas.addEventListener("focus", () => { if (!view.cursor || view.cursor.query === "mean") point(view.query === "mean" ? 0 : view.query, 0); });
matrixCanvas.addEventListener("keydown", event => {
  const { query, key } = view.cursor ?? { query: 0, key: 0 };
  const row = query === "mean" ? 0 : query;
  const moves = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0], Home: [0, -key], End: [0, columns - 1 - key], PageUp: [-row, 0], PageDown: [rows - 1 - row, 0] };
  if (event.key === "Enter" || event.key === " ") choose({ query: view.query === row ? "mean" : row });
  else if (event.key in moves) point(clamp(row + moves[event.key][0], rows), clamp(key + moves[event.key][1], columns));
  else return;
  event.preventDefault();
});

function clamp(index, count) { return Math.min(count - 1, Math.max(0, index)); }
