"""What transformers of images are made of, written from their papers: patches as tokens, positions at other sizes, and what stands on them.

Weights are a dictionary of tensors under their published names; pixels are (batch, channels, height, width).
"""
import math
from collections import namedtuple

import torch

from layers import ACTIVATIONS, layer_norm, linear, linear_shapes, norm_shapes

# shapes: name -> shape; output: (weights, hidden) -> tensor.
Head = namedtuple("Head", "shapes output")


def pair(size):
    """A size in the config: one number, or height and width."""
    return tuple(size) if isinstance(size, list) else (size, size)


def grid(c, height=None, width=None):
    """Rows and columns of patches, of an image or of the config's."""
    patch, image = pair(c["patch_size"]), pair(c["image_size"])
    return (height or image[0]) // patch[0], (width or image[1]) // patch[1]


def patches(w, name, pixels):
    """A vector a patch, row by row: section 3.1 of Dosovitskiy et al., 2021."""
    weight = w[f"{name}.weight"]
    height, width = weight.shape[2:]
    tokens = []
    for top in range(0, pixels.shape[2], height):
        for left in range(0, pixels.shape[3], width):
            patch = pixels[:, :, top:top + height, left:left + width]
            tokens.append((patch[:, None] * weight[None]).sum((2, 3, 4)) + w[f"{name}.bias"])
    return torch.stack(tokens, 1)


def patch_shapes(c, name):
    return {f"{name}.weight": (c["hidden_size"], c["num_channels"], *pair(c["patch_size"])), f"{name}.bias": (c["hidden_size"],)}


def cubic(a):
    """Cubic convolution: Keys, 1981."""
    def kernel(x):
        x = abs(x)
        if x <= 1:
            return (a + 2) * x ** 3 - (a + 3) * x ** 2 + 1
        return a * (x ** 3 - 5 * x ** 2 + 8 * x - 4) if x < 2 else 0.0
    return kernel


def triangle(x):
    return max(0.0, 1 - abs(x))


def resampling(out, into, kernel, radius, antialias=False):
    """What each of so many values counts in each new one; beyond the edges the last value goes on, or, with antialiasing, nothing counts."""
    matrix = torch.zeros(out, into, dtype=torch.float64)
    scale = into / out
    widening = max(scale, 1.0) if antialias else 1.0
    for i in range(out):
        centre = (i + 0.5) * scale - 0.5
        for j in range(math.floor(centre - radius * widening), math.ceil(centre + radius * widening) + 1):
            weight = kernel((j - centre) / widening)
            if not antialias:
                matrix[i, min(max(j, 0), into - 1)] += weight
            elif 0 <= j < into:
                matrix[i, j] += weight
    return matrix / matrix.sum(1, keepdim=True)


def resize(values, size, kernel, radius, antialias=False):
    """(rows, columns, channels) to another number of rows and columns."""
    by_row = resampling(size[0], values.shape[0], kernel, radius, antialias)
    by_column = resampling(size[1], values.shape[1], kernel, radius, antialias)
    return torch.einsum("rh,cw,hwd->rcd", by_row, by_column, values)


def positions(table, old, new, prefix, antialias=False):
    """The table of positions (1, prefix + old rows · columns, hidden) for another grid."""
    if old == new:
        return table
    spread = resize(table[0, prefix:].reshape(*old, -1), new, cubic(-0.5 if antialias else -0.75), 2, antialias)
    return torch.cat([table[:, :prefix], spread.reshape(1, new[0] * new[1], -1)], 1)


def attend(query, key, value, heads, bias=None):
    """softmax(QKᵀ / √d + bias) V and the weights, (batch, heads, queries, keys): section 3.2 of Vaswani et al., 2017. A bias a head, or none."""
    size = query.shape[-1] // heads
    outputs, weights = [], []
    for head in range(heads):
        q, k, v = (x[..., head * size:(head + 1) * size] for x in (query, key, value))
        scores = q @ k.transpose(1, 2) / math.sqrt(size) + (0 if bias is None else bias[head])
        weights.append(scores.softmax(-1))
        outputs.append(weights[-1] @ v)
    return torch.cat(outputs, -1), torch.stack(weights, 1)


def layer_shapes(c, name, biased=("query", "key", "value"), more=None):
    """ViT's layers under the published names; biased: which of the three projections add a bias, more: what else a layer has."""
    hidden, inner, all_shapes = c["hidden_size"], c["intermediate_size"], {}
    for i in range(c["num_hidden_layers"]):
        layer = f"{name}.{i}"
        for part in ("query", "key", "value"):
            all_shapes.update(linear_shapes(f"{layer}.attention.attention.{part}", hidden, hidden, part in biased))
        all_shapes.update(linear_shapes(f"{layer}.attention.output.dense", hidden, hidden))
        all_shapes.update(linear_shapes(f"{layer}.intermediate.dense", inner, hidden))
        all_shapes.update(linear_shapes(f"{layer}.output.dense", hidden, inner))
        all_shapes.update(norm_shapes(f"{layer}.layernorm_before", hidden))
        all_shapes.update(norm_shapes(f"{layer}.layernorm_after", hidden))
        all_shapes.update(more(layer) if more else {})
    return all_shapes


def vit_layers(c, w, name, x):
    """Layers that normalise first; gives the last states, before any last norm, and the attention weights of each layer."""
    weights = []
    for i in range(c["num_hidden_layers"]):
        layer, epsilon = f"{name}.{i}", c["layer_norm_eps"]
        ready = layer_norm(w, f"{layer}.layernorm_before", x, epsilon)
        query, key, value = (linear(w, f"{layer}.attention.attention.{part}", ready) for part in ("query", "key", "value"))
        mixed, seen = attend(query, key, value, c["num_attention_heads"])
        weights.append(seen)
        x = x + linear(w, f"{layer}.attention.output.dense", mixed)
        ready = layer_norm(w, f"{layer}.layernorm_after", x, epsilon)
        inner = ACTIVATIONS[c["hidden_act"]](linear(w, f"{layer}.intermediate.dense", ready))
        x = x + linear(w, f"{layer}.output.dense", inner)
    return x, weights


def scores(name, c, features, width=1):
    """A score a class, of a vector that is so many times as wide as the hidden states."""
    return Head(linear_shapes(name, len(c["id2label"]), width * c["hidden_size"]), lambda w, x: linear(w, name, features(x)))
