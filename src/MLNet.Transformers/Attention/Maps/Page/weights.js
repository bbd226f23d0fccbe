"use strict";

// What the page was made with. Layers and heads are counted from 0; beside them "mean" stands for all, and "rollout" for all layers rolled out.
const data = JSON.parse(document.getElementById("data").textContent);
const isCross = data.keys !== undefined;
data.keys ??= data.queries;
const rows = data.queries.length, columns = data.keys.length;

async function unpack(text) {
  const packed = Uint8Array.from(atob(text), letter => letter.charCodeAt(0));
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("deflate"));
  return await new Response(stream).arrayBuffer();
}

// All weights as numbers: those that were rounded are the squared share of the largest in their row.
async function unpackWeights(packed) {
  const values = await unpack(packed.values);
  if (packed.levels === 0) return new Float32Array(values);
  const steps = new Uint8Array(values), largest = new Float32Array(await unpack(packed.largest));
  const weights = new Float32Array(steps.length);
  for (let row = 0, at = 0; row < largest.length; row++)
    for (let key = 0; key < columns; key++, at++) weights[at] = largest[row] * (steps[at] / packed.levels) ** 2;
  return weights;
}

let all, rolledOut;
const matrices = new Map();

async function loadWeights() {
  all = await unpackWeights(data.weights);
  if (data.rollout) rolledOut = await unpackWeights(data.rollout);
}

function range(choice, count) { return choice === "mean" ? [...Array(count).keys()] : [choice]; }

// The weights of a layer and a head, rows × columns.
function matrixOf(layer, head) {
  if (layer === "rollout") return rolledOut;
  const name = `${layer}/${head}`;
  if (!matrices.has(name)) {
    const layers = range(layer, data.layers), heads = range(head, data.heads), size = rows * columns;
    const sum = new Float64Array(size);
    for (const l of layers)
      for (const h of heads) {
        const start = (l * data.heads + h) * size;
        for (let i = 0; i < size; i++) sum[i] += all[start + i];
      }
    matrices.set(name, Float32Array.from(sum, value => value / (layers.length * heads.length)));
  }
  return matrices.get(name);
}

// What a query looks at, or what all do on average.
function rowOf(matrix, query) {
  if (query !== "mean") return matrix.subarray(query * columns, (query + 1) * columns);
  const mean = new Float32Array(columns);
  for (let i = 0; i < matrix.length; i++) mean[i % columns] += matrix[i] / rows;
  return mean;
}

function largestOf(values) { return values.reduce((largest, value) => Math.max(largest, value), 1e-12); }
