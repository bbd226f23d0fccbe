"""DeBERTa, second and third version (https://github.com/microsoft/DeBERTa): buckets of distances, maps that contents and
positions share, and in the largest models a convolution beside the first layer.
"""
import torch

import deberta
from deberta import heads
from layers import ACTIVATIONS, layer_norm, linear, linear_shapes, norm_shapes

# With four buckets on either side, distances from three on share theirs.
TINY = {**deberta.TINY, "position_buckets": 4, "share_att_key": True, "norm_rel_ebd": "layer_norm", "pos_att_type": "p2c|c2p"}
CASES = {
    "third version": TINY,
    "convolution": {**TINY, "conv_kernel_size": 3, "conv_act": "gelu"},
    "wide convolution in groups": {**TINY, "conv_kernel_size": 5, "conv_groups": 3, "num_hidden_layers": 1},
    "maps of their own": {**TINY, "share_att_key": False, "norm_rel_ebd": "none", "num_hidden_layers": 1},
    "no buckets": {**TINY, "position_buckets": -1, "max_relative_positions": 6, "position_biased_input": True, "num_hidden_layers": 1},
}


def span(c):
    return c["position_buckets"] if c["position_buckets"] > 0 else deberta.greatest(c)


def bucket(distance, buckets, greatest):
    """Up to half of the buckets, one distance each; beyond, as the logarithm."""
    near = buckets // 2
    if buckets < 1 or abs(distance) <= near:
        return distance
    # As published, in single precision.
    far = torch.log(torch.tensor(abs(distance)) / near) / torch.log(torch.tensor((greatest - 1) / near)) * (near - 1)
    return (int(torch.ceil(far)) + near) * (1 if distance > 0 else -1)


def shapes(c):
    hidden = c["hidden_size"]
    all_shapes = {**deberta.shared_shapes(c), "deberta.encoder.rel_embeddings.weight": (2 * span(c), hidden)}
    if c["norm_rel_ebd"] == "layer_norm":
        all_shapes.update(norm_shapes("deberta.encoder.LayerNorm", hidden))
    if c.get("conv_kernel_size"):
        all_shapes["deberta.encoder.conv.conv.weight"] = (hidden, hidden // c.get("conv_groups", 1), c["conv_kernel_size"])
        all_shapes["deberta.encoder.conv.conv.bias"] = (hidden,)
        all_shapes.update(norm_shapes("deberta.encoder.conv.LayerNorm", hidden))
    for i in range(c["num_hidden_layers"]):
        for part in ("query_proj", "key_proj", "value_proj") + (() if c["share_att_key"] else ("pos_key_proj", "pos_query_proj")):
            all_shapes.update(linear_shapes(f"deberta.encoder.layer.{i}.attention.self.{part}", hidden, hidden))
    return all_shapes


def encode(c, w, batch):
    entered = x = deberta.embed(c, w, batch)
    vectors = w["deberta.encoder.rel_embeddings.weight"]
    if c["norm_rel_ebd"] == "layer_norm":
        vectors = layer_norm(w, "deberta.encoder.LayerNorm", vectors, c["layer_norm_eps"])

    def row(distance):
        return min(max(bucket(distance, c["position_buckets"], deberta.greatest(c)) + span(c), 0), 2 * span(c) - 1)

    for i in range(c["num_hidden_layers"]):
        name = f"deberta.encoder.layer.{i}.attention.self"
        query, key, value = (linear(w, f"{name}.{part}_proj", x) for part in ("query", "key", "value"))
        maps = ("key_proj", "query_proj") if c["share_att_key"] else ("pos_key_proj", "pos_query_proj")
        position_key, position_query = (linear(w, f"{name}.{part}", vectors) for part in maps)
        mixed = deberta.disentangled(c, query, key, value, position_key, position_query, row, batch.mask)
        x = deberta.finish(c, w, x, mixed, f"deberta.encoder.layer.{i}")
        if i == 0 and c.get("conv_kernel_size"):
            mixed = convolve(c, w, entered) * batch.mask[:, :, None]
            x = layer_norm(w, "deberta.encoder.conv.LayerNorm", x + ACTIVATIONS[c.get("conv_act", "tanh")](mixed), c["layer_norm_eps"])
    return x


def convolve(c, w, x):
    """Each output channel sees, of the channels of its group, as many positions as the kernel is wide; beyond the ends is nothing."""
    weight, width, groups = w["deberta.encoder.conv.conv.weight"], c["conv_kernel_size"], c.get("conv_groups", 1)
    size, length = c["hidden_size"] // groups, x.shape[1]
    outputs = []
    for group in range(groups):
        part = slice(group * size, (group + 1) * size)
        rows = []
        for position in range(length):
            total = w["deberta.encoder.conv.conv.bias"][part]
            for offset in range(width):
                neighbour = position + offset - width // 2
                if 0 <= neighbour < length:
                    total = total + x[:, neighbour, part] @ weight[part, :, offset].T
            rows.append(total.expand(x.shape[0], size))
        outputs.append(torch.stack(rows, 1))
    return torch.cat(outputs, -1)
