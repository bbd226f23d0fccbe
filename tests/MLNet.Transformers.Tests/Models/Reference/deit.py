"""DeiT (Touvron et al., 2021): ViT with a second token, which learns from a teacher. The two classifiers' scores are averaged."""
import torch

from images import Head, grid, layer_shapes, patch_shapes, patches, positions, scores, vit_layers
from layers import layer_norm, linear, linear_shapes, norm_shapes
from vit import TINY

CASES = {"published": (TINY, (12, 12)), "larger": ({**TINY, "qkv_bias": False}, (16, 20))}


def shapes(c):
    count = grid(c)[0] * grid(c)[1]
    return {
        "deit.embeddings.cls_token": (1, 1, c["hidden_size"]),
        "deit.embeddings.distillation_token": (1, 1, c["hidden_size"]),
        "deit.embeddings.position_embeddings": (1, 2 + count, c["hidden_size"]),
        **patch_shapes(c, "deit.embeddings.patch_embeddings.projection"),
        **layer_shapes(c, "deit.encoder.layer", ("query", "key", "value") if c["qkv_bias"] else ()),
        **norm_shapes("deit.layernorm", c["hidden_size"]),
    }


def encode(c, w, pixels):
    x = patches(w, "deit.embeddings.patch_embeddings.projection", pixels)
    tokens = [w[f"deit.embeddings.{name}_token"].expand(len(x), -1, -1) for name in ("cls", "distillation")]
    x = torch.cat([*tokens, x], 1) + positions(w["deit.embeddings.position_embeddings"], grid(c), grid(c, *pixels.shape[2:]), 2)
    x, weights = vit_layers(c, w, "deit.encoder.layer", x)
    return layer_norm(w, "deit.layernorm", x, c["layer_norm_eps"]), weights


def heads(c):
    hidden, labels = c["hidden_size"], len(c["id2label"])
    both = {**linear_shapes("cls_classifier", labels, hidden), **linear_shapes("distillation_classifier", labels, hidden)}
    return {
        "ImageClassification": scores("classifier", c, lambda x: x[:, 0]),
        "DistilledImageClassification": Head(
            both, lambda w, x: (linear(w, "cls_classifier", x[:, 0]) + linear(w, "distillation_classifier", x[:, 1])) / 2),
    }
