// How a weight looks: colour, size and number.
const theme = matchMedia("(prefers-color-scheme: dark)");
const view = { layer: "mean", head: "mean", query: "mean", shading: "linear", mode: "heat", strength: 0.75, cursor: null };

function shareOf(weight, largest) {
  const share = Math.min(1, weight / largest);
  return view.shading === "root" ? Math.sqrt(share) : share;
}

function stepOf(share) { return Math.round(share * (data.colors.length - 1)); }
function colorOf(share) { return data.colors[theme.matches ? stepOf(share) : data.colors.length - 1 - stepOf(share)]; }
function channelsOf(color) { return [1, 3, 5].map(at => parseInt(color.slice(at, at + 2), 16)); }

// Black or white, whichever stands out more: https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio
function inkOn(color) {
  const [red, green, blue] = channelsOf(color).map(value => value <= 10 ? value / 3295 : ((value / 255 + 0.055) / 1.055) ** 2.4);
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.179 ? "#000000" : "#ffffff";
}

function styleOf(name) { return getComputedStyle(document.documentElement).getPropertyValue(name).trim(); }

const about = data.weights.levels === 0 ? "" : "≈ ";
function exact(weight) { return weight === 0 ? "0" : weight >= 0.001 ? weight.toFixed(4) : weight.toExponential(2); }
function percent(weight) { return weight > 0 && weight < 0.005 ? "<1" : (100 * weight).toFixed(0); }

function hundredths(weight) { return weight > 0 && weight < 0.00005 ? "<0.01" : (100 * weight).toFixed(2); }

// A canvas of that size on the page, as sharp as the screen.
function prepare(canvas, width, height) {
  const dense = Math.min(devicePixelRatio || 1, 8192 / Math.max(width, height));
  canvas.width = Math.round(width * dense);
  canvas.height = Math.round(height * dense);
  canvas.style.width = `${width}px`;
  canvas.style.height = `${height}px`;
  const pen = canvas.getContext("2d");
  pen.setTransform(canvas.width / width, 0, 0, canvas.height / height, 0, 0);
  return pen;
}

// A square whose side goes with the root of its share, so that its area is the share.
function drawCell(pen, x, y, size, share, color = colorOf) {
  const side = size < 6 ? size : size * Math.sqrt(share);
  pen.fillStyle = color(share);
  pen.fillRect(x + (size - side) / 2, y + (size - side) / 2, side, side);
}

// A frame that stands out on any colour.
function drawFrame(pen, x, y, width, height, dash) {
  for (const [color, line] of [["#000000", 5], ["#ffffff", 2]]) {
    pen.strokeStyle = color;
    pen.lineWidth = line;
    pen.setLineDash(line === 2 ? dash : []);
    pen.strokeRect(x, y, width, height);
  }
  pen.setLineDash([]);
}

function drawLegend(largest, color) {
  const pen = prepare(document.getElementById("scale"), 160, 20);
  for (let step = 1; step <= 8; step++) drawCell(pen, (step - 1) * 20, 0, 20, step / 8, color);
  document.getElementById("largest").textContent = about + exact(largest);
}

function make(name, properties, ...children) {
  const element = Object.assign(document.createElement(name), properties);
  element.append(...children);
  return element;
}
