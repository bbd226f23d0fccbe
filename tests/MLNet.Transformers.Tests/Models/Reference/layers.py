"""The pieces of transformers, written from their papers.

Weights are a dictionary of tensors under their published names; x is (batch, length, width) throughout.
"""
import math

import torch


def linear(w, name, x):
    y = x @ w[name + ".weight"].T
    return y + w[name + ".bias"] if name + ".bias" in w else y


def layer_norm(w, name, x, epsilon):
    """To zero mean and unit variance: Ba et al., 2016."""
    centred = x - x.mean(-1, keepdim=True)
    unit = centred / (centred.pow(2).mean(-1, keepdim=True) + epsilon).sqrt()
    scaled = unit * w[name + ".weight"]
    return scaled + w[name + ".bias"] if name + ".bias" in w else scaled


def gelu(x):
    """x Φ(x): Hendrycks and Gimpel, 2016."""
    return x * 0.5 * (1 + torch.erf(x / math.sqrt(2)))


def gelu_new(x):
    """Their approximation by a hyperbolic tangent."""
    return 0.5 * x * (1 + torch.tanh(math.sqrt(2 / math.pi) * (x + 0.044715 * x ** 3)))


def swish(x):
    """x σ(x): Ramachandran et al., 2017."""
    return x / (1 + torch.exp(-x))


def relu(x):
    return x * (x > 0)


def quick_gelu(x):
    """Their approximation by a sigmoid."""
    return x / (1 + torch.exp(-1.702 * x))


ACTIVATIONS = {"gelu": gelu, "gelu_new": gelu_new, "quick_gelu": quick_gelu, "relu": relu, "swish": swish, "tanh": torch.tanh}


def attention(query, key, value, heads, visible, bias=None):
    """softmax(QKᵀ / √d + bias) V, head by head: section 3.2 of Vaswani et al., 2017.

    visible: true where a query may see a key, broadcastable to (batch, queries, keys).
    bias: one such for each head, or none.
    """
    size = query.shape[-1] // heads
    outputs = []
    for head in range(heads):
        q, k, v = (x[..., head * size:(head + 1) * size] for x in (query, key, value))
        scores = q @ k.transpose(1, 2) / math.sqrt(size) + (0 if bias is None else bias[head])
        outputs.append(scores.masked_fill(~visible, float("-inf")).softmax(-1) @ v)
    return torch.cat(outputs, -1)


def linear_shapes(name, out, into, bias=True):
    return {name + ".weight": (out, into), **({name + ".bias": (out,)} if bias else {})}


def norm_shapes(name, size, bias=True):
    return {name + ".weight": (size,), **({name + ".bias": (size,)} if bias else {})}
