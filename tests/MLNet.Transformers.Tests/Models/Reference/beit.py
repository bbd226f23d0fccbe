"""BEiT (Bao et al., 2022): ViT whose attention scores get a bias for each head and offset between two patches, of each layer's own
or shared by all; keys without a bias; sublayers' outputs scaled before they are added."""
import torch

from images import attend, cubic, grid, layer_shapes, patch_shapes, patches, resize, scores, triangle
from layers import ACTIVATIONS, layer_norm, linear, norm_shapes

TINY = {"hidden_size": 12, "num_hidden_layers": 2, "num_attention_heads": 3, "intermediate_size": 20, "hidden_act": "gelu",
        "layer_norm_eps": 1e-12, "image_size": 12, "patch_size": 4, "num_channels": 3, "use_mask_token": False,
        "use_absolute_position_embeddings": False, "use_relative_position_bias": True, "use_shared_relative_position_bias": False,
        "layer_scale_init_value": 0.1, "use_mean_pooling": True, "drop_path_rate": 0.1}
SHARED = {**TINY, "use_relative_position_bias": False, "use_shared_relative_position_bias": True, "use_mask_token": True}
CASES = {
    "published": (TINY, (12, 12)),
    "larger": (TINY, (20, 16)),
    "shared": (SHARED, (12, 12)),
    "shared, smaller": ({**SHARED, "image_size": 20, "use_mean_pooling": False, "layer_scale_init_value": 0}, (8, 16)),
    "absolute positions": ({**TINY, "use_absolute_position_embeddings": True, "use_relative_position_bias": False}, (16, 12)),
    "every bias": ({**SHARED, "use_relative_position_bias": True, "use_absolute_position_embeddings": True, "image_size": [8, 12]}, (8, 12)),
}


def shapes(c):
    hidden, (rows, columns) = c["hidden_size"], grid(c)
    table = ((2 * rows - 1) * (2 * columns - 1) + 3, c["num_attention_heads"])

    def more(layer):
        scales = {f"{layer}.lambda_{k}": (hidden,) for k in (1, 2)} if c["layer_scale_init_value"] > 0 else {}
        name = f"{layer}.attention.attention.relative_position_bias.relative_position_bias_table"
        return {**scales, **({name: table} if c["use_relative_position_bias"] else {})}

    return {
        "beit.embeddings.cls_token": (1, 1, hidden),
        **({"beit.embeddings.mask_token": (1, 1, hidden)} if c["use_mask_token"] else {}),
        **({"beit.embeddings.position_embeddings": (1, 1 + rows * columns, hidden)} if c["use_absolute_position_embeddings"] else {}),
        **patch_shapes(c, "beit.embeddings.patch_embeddings.projection"),
        **({"beit.encoder.relative_position_bias.relative_position_bias_table": table} if c["use_shared_relative_position_bias"] else {}),
        **layer_shapes(c, "beit.encoder.layer", ("query", "value"), more),
        **({} if c["use_mean_pooling"] else norm_shapes("beit.layernorm", hidden)),
    }


def relative_bias(table, old, new):
    """A bias a head for each pair of tokens, (heads, tokens, tokens). The table's last three rows are for the class token as the
    query, as the key, and as both; the others are a grid of offsets, query less key, resampled linearly for other sizes."""
    offsets = table[:-3].reshape(2 * old[0] - 1, 2 * old[1] - 1, -1)
    if old != new:
        offsets = resize(offsets, (2 * new[0] - 1, 2 * new[1] - 1), triangle, 1)
    from_class, to_class, class_alone = table[-3:]
    places = [(row, column) for row in range(new[0]) for column in range(new[1])]
    rows = [torch.stack([class_alone] + [from_class] * len(places))]
    for row, column in places:
        rows.append(torch.stack([to_class] + [offsets[row - r + new[0] - 1, column - k + new[1] - 1] for r, k in places]))
    return torch.stack(rows).permute(2, 0, 1)


def encode(c, w, pixels, masked=None):
    old, new = grid(c), grid(c, *pixels.shape[2:])
    x = patches(w, "beit.embeddings.patch_embeddings.projection", pixels)
    if masked is not None:
        x = torch.where(masked[:, :, None], w["beit.embeddings.mask_token"], x)
    first = w["beit.embeddings.cls_token"].expand(len(x), -1, -1)
    if c["use_absolute_position_embeddings"]:
        table = w["beit.embeddings.position_embeddings"]
        first = first + table[:, :1]
        spread = table[0, 1:].reshape(*old, -1)
        x = x + (spread if old == new else resize(spread, new, cubic(-0.75), 2)).reshape(1, new[0] * new[1], -1)
    x = torch.cat([first, x], 1)

    def bias_of(name):
        name += ".relative_position_bias.relative_position_bias_table"
        return relative_bias(w[name], old, new) if name in w else 0

    shared, weights = bias_of("beit.encoder"), []
    for i in range(c["num_hidden_layers"]):
        layer, epsilon = f"beit.encoder.layer.{i}", c["layer_norm_eps"]
        ready = layer_norm(w, f"{layer}.layernorm_before", x, epsilon)
        query, key, value = (linear(w, f"{layer}.attention.attention.{part}", ready) for part in ("query", "key", "value"))
        bias = shared + bias_of(f"{layer}.attention.attention")
        mixed, seen = attend(query, key, value, c["num_attention_heads"], bias if torch.is_tensor(bias) else None)
        weights.append(seen)
        x = x + w.get(f"{layer}.lambda_1", 1) * linear(w, f"{layer}.attention.output.dense", mixed)
        ready = layer_norm(w, f"{layer}.layernorm_after", x, epsilon)
        inner = ACTIVATIONS[c["hidden_act"]](linear(w, f"{layer}.intermediate.dense", ready))
        x = x + w.get(f"{layer}.lambda_2", 1) * linear(w, f"{layer}.output.dense", inner)
    return x if c["use_mean_pooling"] else layer_norm(w, "beit.layernorm", x, c["layer_norm_eps"]), weights


def heads(c):
    head = scores("classifier", c, lambda x: x)
    if not c["use_mean_pooling"]:
        return {"ImageClassification": scores("classifier", c, lambda x: x[:, 0])}
    name = "beit.pooler.layernorm"
    return {"ImageClassification": head._replace(
        shapes={**norm_shapes(name, c["hidden_size"]), **head.shapes},
        output=lambda w, x: head.output(w, layer_norm(w, name, x[:, 1:].mean(1), c["layer_norm_eps"])))}
