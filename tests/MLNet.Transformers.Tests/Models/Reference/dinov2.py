"""DINOv2 (Oquab et al., 2024): ViT whose sublayers' outputs are scaled before they are added, and, at its largest, with a gated
feed-forward block (Shazeer, 2020). Its classifier reads the class token and the mean of the patches side by side."""
import torch

from images import attend, grid, patch_shapes, patches, positions, scores
from layers import ACTIVATIONS, layer_norm, linear, linear_shapes, norm_shapes, swish

TINY = {"hidden_size": 12, "num_hidden_layers": 2, "num_attention_heads": 3, "mlp_ratio": 2, "hidden_act": "gelu", "layer_norm_eps": 1e-6,
        "image_size": 12, "patch_size": 4, "num_channels": 3, "qkv_bias": True, "use_swiglu_ffn": False}
CASES = {
    "published": (TINY, (12, 12)),
    "smaller": ({**TINY, "image_size": 20}, (8, 12)),
    "gated": ({**TINY, "use_swiglu_ffn": True, "qkv_bias": False}, (12, 12)),
    "without a mask token": ({**TINY, "use_mask_token": False}, (16, 12)),
}
PREFIX = "dinov2"


def shapes(c, prefix=PREFIX):
    hidden, all_shapes = c["hidden_size"], {}
    count = grid(c)[0] * grid(c)[1]
    all_shapes[f"{prefix}.embeddings.cls_token"] = (1, 1, hidden)
    all_shapes[f"{prefix}.embeddings.position_embeddings"] = (1, 1 + count, hidden)
    if c.get("use_mask_token", True):
        all_shapes[f"{prefix}.embeddings.mask_token"] = (1, hidden)
    all_shapes.update(patch_shapes(c, f"{prefix}.embeddings.patch_embeddings.projection"))
    for i in range(c["num_hidden_layers"]):
        layer = f"{prefix}.encoder.layer.{i}"
        for part in ("query", "key", "value"):
            all_shapes.update(linear_shapes(f"{layer}.attention.attention.{part}", hidden, hidden, c["qkv_bias"]))
        all_shapes.update(linear_shapes(f"{layer}.attention.output.dense", hidden, hidden))
        all_shapes.update({f"{layer}.layer_scale{k}.lambda1": (hidden,) for k in (1, 2)})
        all_shapes.update({**norm_shapes(f"{layer}.norm1", hidden), **norm_shapes(f"{layer}.norm2", hidden)})
        inner = int(hidden * c["mlp_ratio"])
        if c["use_swiglu_ffn"]:
            inner = (int(inner * 2 / 3) + 7) // 8 * 8
            all_shapes.update(linear_shapes(f"{layer}.mlp.weights_in", 2 * inner, hidden))
            all_shapes.update(linear_shapes(f"{layer}.mlp.weights_out", hidden, inner))
        else:
            all_shapes.update({**linear_shapes(f"{layer}.mlp.fc1", inner, hidden), **linear_shapes(f"{layer}.mlp.fc2", hidden, inner)})
    all_shapes.update(norm_shapes(f"{prefix}.layernorm", hidden))
    return all_shapes


def encode(c, w, pixels, masked=None, prefix=PREFIX, antialias=False):
    x = patches(w, f"{prefix}.embeddings.patch_embeddings.projection", pixels)
    if masked is not None:
        x = torch.where(masked[:, :, None], w[f"{prefix}.embeddings.mask_token"], x)
    x = torch.cat([w[f"{prefix}.embeddings.cls_token"].expand(len(x), -1, -1), x], 1)
    x = x + positions(w[f"{prefix}.embeddings.position_embeddings"], grid(c), grid(c, *pixels.shape[2:]), 1, antialias)
    if f"{prefix}.embeddings.register_tokens" in w:
        x = torch.cat([x[:, :1], w[f"{prefix}.embeddings.register_tokens"].expand(len(x), -1, -1), x[:, 1:]], 1)
    weights = []
    for i in range(c["num_hidden_layers"]):
        layer, epsilon = f"{prefix}.encoder.layer.{i}", c["layer_norm_eps"]
        ready = layer_norm(w, f"{layer}.norm1", x, epsilon)
        query, key, value = (linear(w, f"{layer}.attention.attention.{part}", ready) for part in ("query", "key", "value"))
        mixed, seen = attend(query, key, value, c["num_attention_heads"])
        weights.append(seen)
        x = x + w[f"{layer}.layer_scale1.lambda1"] * linear(w, f"{layer}.attention.output.dense", mixed)
        x = x + w[f"{layer}.layer_scale2.lambda1"] * feed_forward(c, w, f"{layer}.mlp", layer_norm(w, f"{layer}.norm2", x, epsilon))
    return layer_norm(w, f"{prefix}.layernorm", x, c["layer_norm_eps"]), weights


def feed_forward(c, w, name, x):
    if not c["use_swiglu_ffn"]:
        return linear(w, f"{name}.fc2", ACTIVATIONS[c["hidden_act"]](linear(w, f"{name}.fc1", x)))
    gate, up = linear(w, f"{name}.weights_in", x).chunk(2, -1)
    return linear(w, f"{name}.weights_out", swish(gate) * up)


def heads(c, registers=0):
    return {"ImageClassification": scores("classifier", c, lambda x: torch.cat([x[:, 0], x[:, 1 + registers:].mean(1)], 1), width=2)}
