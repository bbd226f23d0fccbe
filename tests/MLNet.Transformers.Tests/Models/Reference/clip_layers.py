"""The layers of both towers of CLIP (Radford et al., 2021): norms first."""
import math

import torch

from layers import ACTIVATIONS, layer_norm, linear, linear_shapes, norm_shapes


def layer_shapes(prefix, hidden, inner, count):
    result = {}
    for i in range(count):
        layer = f"{prefix}.encoder.layers.{i}"
        for part in ("q_proj", "k_proj", "v_proj", "out_proj"):
            result.update(linear_shapes(f"{layer}.self_attn.{part}", hidden, hidden))
        result.update({**norm_shapes(f"{layer}.layer_norm1", hidden), **norm_shapes(f"{layer}.layer_norm2", hidden),
                       **linear_shapes(f"{layer}.mlp.fc1", inner, hidden), **linear_shapes(f"{layer}.mlp.fc2", hidden, inner)})
    return result


def layers(c, w, prefix, x, visible):
    """The states after the layers, and the attention weights of each; visible: true where a query may see a key, (batch, queries, keys)."""
    epsilon, count, weights = c["layer_norm_eps"], c["num_attention_heads"], []
    for i in range(c["num_hidden_layers"]):
        layer = f"{prefix}.encoder.layers.{i}"
        ready = layer_norm(w, f"{layer}.layer_norm1", x, epsilon)
        query, key, value = (linear(w, f"{layer}.self_attn.{part}_proj", ready).chunk(count, -1) for part in "qkv")
        scores = [(q @ k.transpose(1, 2) / math.sqrt(q.shape[-1])).masked_fill(~visible, float("-inf")) for q, k in zip(query, key)]
        weights.append(torch.stack([row.softmax(-1) for row in scores], 1))
        x = x + linear(w, f"{layer}.self_attn.out_proj", torch.cat([weights[-1][:, head] @ value[head] for head in range(count)], -1))
        ready = layer_norm(w, f"{layer}.layer_norm2", x, epsilon)
        x = x + linear(w, f"{layer}.mlp.fc2", ACTIVATIONS[c["hidden_act"]](linear(w, f"{layer}.mlp.fc1", ready)))
    return x, weights
