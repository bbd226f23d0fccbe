"""ViT (Dosovitskiy et al., 2021), and DINO (Caron et al., 2021), which is the same model taught otherwise."""
import torch

from images import grid, layer_shapes, patch_shapes, patches, positions, scores, vit_layers
from layers import layer_norm, norm_shapes

TINY = {"hidden_size": 12, "num_hidden_layers": 2, "num_attention_heads": 3, "intermediate_size": 20, "hidden_act": "gelu",
        "layer_norm_eps": 1e-12, "image_size": 12, "patch_size": 4, "num_channels": 3, "qkv_bias": True}
CASES = {
    "published": (TINY, (12, 12)),
    "larger": (TINY, (20, 16)),
    "smaller": ({**TINY, "image_size": 20, "qkv_bias": False}, (12, 8)),
    "oblong": ({**TINY, "image_size": [8, 12], "patch_size": [4, 3], "num_channels": 1, "num_hidden_layers": 1}, (8, 12)),
    "turned": ({**TINY, "image_size": [8, 12], "layer_norm_eps": 1e-3, "hidden_act": "gelu_new"}, (12, 8)),
}


def shapes(c):
    count = grid(c)[0] * grid(c)[1]
    return {
        "vit.embeddings.cls_token": (1, 1, c["hidden_size"]),
        "vit.embeddings.position_embeddings": (1, 1 + count, c["hidden_size"]),
        **patch_shapes(c, "vit.embeddings.patch_embeddings.projection"),
        **layer_shapes(c, "vit.encoder.layer", ("query", "key", "value") if c["qkv_bias"] else ()),
        **norm_shapes("vit.layernorm", c["hidden_size"]),
    }


def encode(c, w, pixels):
    """The last states, and the attention weights of each layer."""
    x = patches(w, "vit.embeddings.patch_embeddings.projection", pixels)
    x = torch.cat([w["vit.embeddings.cls_token"].expand(len(x), -1, -1), x], 1)
    x = x + positions(w["vit.embeddings.position_embeddings"], grid(c), grid(c, *pixels.shape[2:]), 1)
    x, weights = vit_layers(c, w, "vit.encoder.layer", x)
    return layer_norm(w, "vit.layernorm", x, c["layer_norm_eps"]), weights


def heads(c):
    return {"ImageClassification": scores("classifier", c, lambda x: x[:, 0])}
