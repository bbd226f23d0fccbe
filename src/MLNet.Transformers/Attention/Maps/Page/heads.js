// Every head of every layer, small.
const headsSection = document.getElementById("heads-section");
const heads = document.getElementById("heads");
const headSize = 52;

function buildHeads() {
  headsSection.hidden = data.layers * data.heads === 1;
  heads.style.gridTemplateColumns = `max-content repeat(${data.heads}, max-content)`;
  for (let layer = 0; layer < data.layers; layer++) {
    heads.append(make("span", { className: "heads-name", textContent: `${layer + 1}` }));
    for (let head = 0; head < data.heads; head++) {
      const button = make("button", { type: "button", className: "head", title: `Layer ${layer + 1}, head ${head + 1}` }, make("canvas"));
      button.setAttribute("aria-label", button.title);
      button.addEventListener("click", () => choose({ layer, head }));
      button.addEventListener("keydown", event => moveAmongHeads(event, layer, head));
      heads.append(button);
    }
  }
}

function headButton(layer, head) { return heads.children[layer * (data.heads + 1) + head + 1]; }

function moveAmongHeads(event, layer, head) {
  const moves = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };
  if (!(event.key in moves)) return;
  headButton(clamp(layer + moves[event.key][0], data.layers), clamp(head + moves[event.key][1], data.heads)).focus();
  event.preventDefault();
}

function drawHeads() {
  if (!headsSection.open) return;
  for (let layer = 0; layer < data.layers; layer++)
    for (let head = 0; head < data.heads; head++) {
      const button = headButton(layer, head);
      button.setAttribute("aria-pressed", view.layer === layer && view.head === head);
      if (data.image) drawSmallPicture(button.firstChild, layer, head);
      else drawSmallMatrix(button.firstChild, layer, head);
    }
}

function drawSmallPicture(canvas, layer, head) {
  const row = rowOf(matrixOf(layer, head), view.query);
  const map = patchMap(row, largestPatch(row), share => [...channelsOf(colorOf(share)), 255]);
  const pen = prepare(canvas, headSize, headSize * data.image.rows / data.image.columns);
  pen.imageSmoothingEnabled = false;
  pen.drawImage(map, 0, 0, headSize, headSize * data.image.rows / data.image.columns);
}

// Each pixel is the largest of the weights that it stands for, so that a thin line does not fade away.
function drawSmallMatrix(canvas, layer, head) {
  const matrix = matrixOf(layer, head), largest = largestOf(matrix), high = Math.min(rows, headSize), wide = Math.min(columns, headSize);
  const shown = new Float32Array(high * wide);
  for (let i = 0; i < matrix.length; i++) {
    const at = Math.floor(Math.floor(i / columns) * high / rows) * wide + Math.floor(i % columns * wide / columns);
    shown[at] = Math.max(shown[at], matrix[i]);
  }
  canvas.width = wide;
  canvas.height = high;
  canvas.style.width = canvas.style.height = `${headSize}px`;
  const pen = canvas.getContext("2d"), pixels = pen.createImageData(wide, high);
  shown.forEach((weight, at) => pixels.data.set([...channelsOf(colorOf(shareOf(weight, largest))), 255], at * 4));
  pen.putImageData(pixels, 0, 0);
}

headsSection.addEventListener("toggle", drawHeads);
