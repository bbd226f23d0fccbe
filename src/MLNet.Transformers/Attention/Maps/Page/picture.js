// The picture, with what the chosen token looks at laid over its patches.
const pictureCanvas = document.getElementById("picture");
const picture = new Image();

async function buildPicture() {
  document.getElementById("picture-section").hidden = false;
  for (const label of document.querySelectorAll(".for-picture")) label.hidden = false;
  picture.src = data.image.source;
  await picture.decode();
  document.getElementById("picture-section").append(document.getElementById("legend"));
}

// The weights of the patches as a small picture, a pixel each; drawn large, the browser smooths it.
function patchMap(row, largest, paintPatch) {
  const { rows: high, columns: wide, prefix } = data.image;
  const map = make("canvas", { width: wide, height: high }), pen = map.getContext("2d"), pixels = pen.createImageData(wide, high);
  for (let patch = 0; patch < wide * high; patch++) pixels.data.set(paintPatch(shareOf(row[prefix + patch], largest)), patch * 4);
  pen.putImageData(pixels, 0, 0);
  return map;
}

function patchRow() { return rowOf(matrixOf(view.layer, view.head), view.query); }
function largestPatch(row) { return largestOf(row.subarray(data.image.prefix)); }

function drawPicture() {
  const { width, height, rows: high, columns: wide, prefix } = data.image;
  const pen = prepare(pictureCanvas, width, height), row = patchRow(), largest = largestPatch(row);
  pictureCanvas.style.height = "auto";
  pictureCanvas.style.aspectRatio = `${width} / ${height}`;
  pen.drawImage(picture, 0, 0, width, height);
  pen.imageSmoothingEnabled = true;
  pen.imageSmoothingQuality = "high";
  ({ heat: drawHeat, spotlight: drawSpotlight, squares: drawSquares })[view.mode](pen, row, largest);
  if (view.query !== "mean" && view.query >= prefix) frameOf(pen, view.query - prefix, []);
  if (view.cursor && view.cursor.key >= prefix) frameOf(pen, view.cursor.key - prefix, [4, 3]);

  function frameOf(pen, patch, dash) {
    drawFrame(pen, patch % wide * width / wide + 1, Math.floor(patch / wide) * height / high + 1, width / wide - 2, height / high - 2, dash);
  }
  drawPrefix(row);
}

// On a picture the lightest is the most, by day and by night.
function heatOf(share) { return data.colors[stepOf(0.3 + 0.7 * share)]; }

// Grey, so that all colour is attention.
function drawHeat(pen, row, largest) {
  const { width, height } = data.image;
  pen.globalCompositeOperation = "saturation";
  pen.fillStyle = "#808080";
  pen.fillRect(0, 0, width, height);
  pen.globalCompositeOperation = "source-over";
  pen.fillStyle = `rgba(0, 0, 0, ${0.35 * view.strength})`;
  pen.fillRect(0, 0, width, height);
  pen.drawImage(patchMap(row, largest, share => [...channelsOf(heatOf(share)), 255 * view.strength * (0.1 + 0.9 * share)]), 0, 0, width, height);
}

function lightOf() { return styleOf("--ink"); }

// The picture as it is where attention lies, dark elsewhere.
function drawSpotlight(pen, row, largest) {
  const { width, height } = data.image;
  pen.drawImage(patchMap(row, largest, share => [0, 0, 0, 255 * view.strength * (1 - share)]), 0, 0, width, height);
}

function drawSquares(pen, row, largest) {
  const { width, height, rows: high, columns: wide, prefix } = data.image, across = width / wide, down = height / high;
  pen.globalAlpha = 0.35 + 0.65 * view.strength;
  for (let patch = 0; patch < wide * high; patch++) {
    const side = Math.sqrt(shareOf(row[prefix + patch], largest)), x = (patch % wide + 0.5) * across, y = (Math.floor(patch / wide) + 0.5) * down;
    pen.fillStyle = "#ffffff";
    pen.fillRect(x - side * across / 2, y - side * down / 2, side * across, side * down);
    pen.strokeStyle = "#000000";
    pen.lineWidth = 1;
    pen.strokeRect(x - side * across / 2, y - side * down / 2, side * across, side * down);
  }
  pen.globalAlpha = 1;
}

// What goes to tokens that stand for no patch.
function drawPrefix(row) {
  const names = data.keys.slice(0, data.image.prefix).map((name, key) => make("li", { textContent: `${name}: ${about}${exact(row[key])} (${percent(row[key])} %)` }));
  const patches = row.subarray(data.image.prefix).reduce((sum, weight) => sum + weight, 0);
  names.push(make("li", { textContent: `all patches: ${about}${exact(patches)} (${percent(patches)} %)` }));
  document.getElementById("prefix").replaceChildren(...names);
}

pictureCanvas.addEventListener("pointermove", event => {
  const box = pictureCanvas.getBoundingClientRect(), { rows: high, columns: wide, prefix } = data.image;
  const column = clamp(Math.floor((event.clientX - box.left) / box.width * wide), wide), row = clamp(Math.floor((event.clientY - box.top) / box.height * high), high);
  point(view.query, prefix + row * wide + column);
});
pictureCanvas.addEventListener("click", () => { if (view.cursor) choose({ query: view.cursor.key }); });
pictureCanvas.addEventListener("focus", () => { if (!view.cursor || view.cursor.key < data.image.prefix) point(view.query, data.image.prefix); });
pictureCanvas.addEventListener("keydown", event => {
  const { rows: high, columns: wide, prefix } = data.image, patch = Math.max(0, (view.cursor?.key ?? prefix) - prefix);
  const moves = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };
  if (event.key === "Escape") choose({ query: prefix > 0 ? 0 : "mean" });
  else if (event.key === "Enter" || event.key === " ") choose({ query: prefix + patch });
  else if (event.key in moves) {
    const [down, across] = moves[event.key];
    point(view.query, prefix + clamp(Math.floor(patch / wide) + down, high) * wide + clamp(patch % wide + across, wide));
  } else return;
  event.preventDefault();
});
