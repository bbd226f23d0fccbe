"""Swin (Liu et al., 2021): attention within windows, every other time displaced by half a window, and patches that are merged
four by four between stages. Which patches see each other is told here window by window, without the paper's cyclic shift."""
import torch

from images import Head, attend, patches
from layers import ACTIVATIONS, layer_norm, linear, linear_shapes, norm_shapes

TINY = {"image_size": 32, "patch_size": 2, "num_channels": 3, "embed_dim": 8, "depths": [2, 2], "num_heads": [2, 4], "window_size": 4,
        "mlp_ratio": 2.0, "qkv_bias": True, "hidden_act": "gelu", "use_absolute_embeddings": False, "layer_norm_eps": 1e-5,
        "drop_path_rate": 0.1}
THREE = {**TINY, "depths": [1, 3, 2], "num_heads": [1, 2, 4], "window_size": 3, "qkv_bias": False, "num_channels": 1}
WIDE = {**TINY, "image_size": 16, "window_size": 7, "mlp_ratio": 3.0, "hidden_act": "relu", "layer_norm_eps": 1e-3}
# Images of the size that the model is made for, and of others: such that do not divide into windows, nor into patches, nor into pairs of patches.
CASES = {
    "published": (TINY, (32, 32)),
    "oblong": (TINY, (24, 40)),
    "odd": (TINY, (19, 26)),
    "three stages": (THREE, (32, 32)),
    "three odd stages": (THREE, (23, 18)),
    "windows greater than the map": (WIDE, (16, 16)),
    "windows higher than the map": (WIDE, (10, 30)),
    "one window": (WIDE, (6, 6)),
}
PREFIX_EPSILON = 1e-5  # Of the norms that are not a layer's, whatever the config says.


def shapes(c):
    width = c["embed_dim"]
    patch = "swin.embeddings.patch_embeddings.projection"
    result = {f"{patch}.weight": (width, c["num_channels"], c["patch_size"], c["patch_size"]), f"{patch}.bias": (width,),
              **norm_shapes("swin.embeddings.norm", width)}
    for i, (depth, heads) in enumerate(zip(c["depths"], c["num_heads"])):
        for j in range(depth):
            block = f"swin.encoder.layers.{i}.blocks.{j}"
            result[f"{block}.attention.self.relative_position_bias_table"] = ((2 * c["window_size"] - 1) ** 2, heads)
            for part in ("query", "key", "value"):
                result.update(linear_shapes(f"{block}.attention.self.{part}", width, width, c["qkv_bias"]))
            inner = int(c["mlp_ratio"] * width)
            result.update({**linear_shapes(f"{block}.attention.output.dense", width, width), **norm_shapes(f"{block}.layernorm_before", width),
                           **norm_shapes(f"{block}.layernorm_after", width), **linear_shapes(f"{block}.intermediate.dense", inner, width),
                           **linear_shapes(f"{block}.output.dense", width, inner)})
        if i < len(c["depths"]) - 1:
            result.update({**norm_shapes(f"swin.encoder.layers.{i}.downsample.norm", 4 * width),
                           **linear_shapes(f"swin.encoder.layers.{i}.downsample.reduction", 2 * width, 4 * width, False)})
            width *= 2
    return {**result, **norm_shapes("swin.layernorm", width)}


def groups(length, window, shift):
    """The places along one side that lie in one window, window by window."""
    edges = sorted({0, length, *range(shift or window, length, window)})
    return [list(range(start, end)) for start, end in zip(edges, edges[1:])]


def attend_windows(c, w, block, x, heads, shift):
    """x: (batch, rows, columns, width), normalised. The weights too are as they are published, (batch * windows, heads, queries, keys): of
    windows in a map whose first rows and columns were moved to its end, where what does not lie together has weights of 0."""
    batch, rows, columns, width = x.shape
    window = c["window_size"]
    if min(rows, columns) <= window:
        window, shift = min(rows, columns), 0
    # What is missing to whole windows is filled with zeros, which have keys and values like all others.
    filled = torch.zeros(batch, -(-rows // window) * window, -(-columns // window) * window, width, dtype=x.dtype)
    filled[:, :rows, :columns] = x
    result = torch.zeros_like(filled)
    height, breadth = filled.shape[1:3]
    weights = torch.zeros(batch, heads, height * breadth, height * breadth, dtype=x.dtype)
    table = w[f"{block}.attention.self.relative_position_bias_table"]
    side, zero = 2 * c["window_size"] - 1, c["window_size"] - 1
    for across in groups(filled.shape[1], window, shift):
        for along in groups(filled.shape[2], window, shift):
            places = [(row, column) for row in across for column in along]
            seen = torch.stack([filled[:, row, column] for row, column in places], 1)
            bias = torch.stack([torch.stack([table[(a - row + zero) * side + b - column + zero] for row, column in places]) for a, b in places])
            query, key, value = (linear(w, f"{block}.attention.self.{part}", seen) for part in ("query", "key", "value"))
            gathered, seen = attend(query, key, value, heads, bias.permute(2, 0, 1))
            numbers = torch.tensor([row * breadth + column for row, column in places])
            weights[:, :, numbers[:, None], numbers] = seen.detach()
            for index, (row, column) in enumerate(places):
                result[:, row, column] = gathered[:, index]
    windows = []
    for top in range(0, height, window):
        for left in range(0, breadth, window):
            numbers = torch.tensor([(row + shift) % height * breadth + (column + shift) % breadth
                                    for row in range(top, top + window) for column in range(left, left + window)])
            windows.append(weights[:, :, numbers[:, None], numbers])
    return linear(w, f"{block}.attention.output.dense", result[:, :rows, :columns]), torch.stack(windows, 1).flatten(0, 1)


def merge(w, name, x):
    """Every four patches that lie together side by side as one."""
    batch, rows, columns, width = x.shape
    merged = torch.zeros(batch, (rows + 1) // 2, (columns + 1) // 2, 4 * width, dtype=x.dtype)
    for row in range(rows):
        for column in range(columns):
            part = row % 2 + 2 * (column % 2)
            merged[:, row // 2, column // 2, part * width:(part + 1) * width] = x[:, row, column]
    return linear(w, f"{name}.reduction", layer_norm(w, f"{name}.norm", merged, PREFIX_EPSILON))


def encode(c, w, pixels):
    """The last states, and the attention weights of each layer."""
    epsilon, size, weights = c["layer_norm_eps"], c["patch_size"], []
    batch, channels, height, width = pixels.shape
    whole = torch.zeros(batch, channels, -(-height // size) * size, -(-width // size) * size, dtype=pixels.dtype)
    whole[:, :, :height, :width] = pixels
    x = patches(w, "swin.embeddings.patch_embeddings.projection", whole)
    x = x.reshape(batch, whole.shape[2] // size, whole.shape[3] // size, -1)
    x = layer_norm(w, "swin.embeddings.norm", x, PREFIX_EPSILON)
    for i, (depth, heads) in enumerate(zip(c["depths"], c["num_heads"])):
        for j in range(depth):
            block = f"swin.encoder.layers.{i}.blocks.{j}"
            ready = layer_norm(w, f"{block}.layernorm_before", x, epsilon)
            gathered, seen = attend_windows(c, w, block, ready, heads, c["window_size"] // 2 if j % 2 else 0)
            weights.append(seen)
            x = x + gathered
            inner = ACTIVATIONS[c["hidden_act"]](linear(w, f"{block}.intermediate.dense", layer_norm(w, f"{block}.layernorm_after", x, epsilon)))
            x = x + linear(w, f"{block}.output.dense", inner)
        if i < len(c["depths"]) - 1:
            x = merge(w, f"swin.encoder.layers.{i}.downsample", x)
    return layer_norm(w, "swin.layernorm", x.flatten(1, 2), epsilon), weights


def heads(c):
    width = c["embed_dim"] * 2 ** (len(c["depths"]) - 1)
    return {"ImageClassification": Head(linear_shapes("classifier", len(c["id2label"]), width),
                                        lambda w, x: linear(w, "classifier", x.mean(1)))}
