"""The tower for images of CLIP (Radford et al., 2021): norms first, one before the first layer too; the last one is for the class
token alone, which a map takes to the space that images and texts share."""
import torch

from clip_layers import layer_shapes, layers
from images import Head, grid, patches, positions
from layers import layer_norm, linear, linear_shapes, norm_shapes

TINY = {"image_size": 12, "patch_size": 4, "num_channels": 3, "hidden_size": 12, "num_hidden_layers": 2, "num_attention_heads": 3,
        "intermediate_size": 20, "hidden_act": "quick_gelu", "layer_norm_eps": 1e-5, "projection_dim": 10}
GELU = {**TINY, "hidden_act": "gelu", "num_channels": 1, "layer_norm_eps": 1e-3, "projection_dim": 14}
CASES = {
    "published": (TINY, (12, 12)),
    "oblong": (TINY, (16, 8)),
    "one patch": (TINY, (4, 4)),
    "gelu": (GELU, (20, 12)),
}


def shapes(c):
    hidden, side = c["hidden_size"], c["image_size"] // c["patch_size"]
    return {"vision_model.embeddings.class_embedding": (hidden,),
            "vision_model.embeddings.patch_embedding.weight": (hidden, c["num_channels"], c["patch_size"], c["patch_size"]),
            "vision_model.embeddings.position_embedding.weight": (side * side + 1, hidden),
            **norm_shapes("vision_model.pre_layrnorm", hidden),
            **layer_shapes("vision_model", hidden, c["intermediate_size"], c["num_hidden_layers"]),
            **norm_shapes("vision_model.post_layernorm", hidden)}


def encode(c, w, pixels):
    """The last states, and the attention weights of each layer."""
    patch = "vision_model.embeddings.patch_embedding"
    x = patches({**w, f"{patch}.bias": 0}, patch, pixels)
    x = torch.cat([w["vision_model.embeddings.class_embedding"].expand(len(x), 1, -1), x], 1)
    x = x + positions(w["vision_model.embeddings.position_embedding.weight"][None], grid(c), grid(c, *pixels.shape[2:]), 1)
    all_visible = torch.ones(1, x.shape[1], x.shape[1], dtype=torch.bool)
    x, weights = layers(c, w, "vision_model", layer_norm(w, "vision_model.pre_layrnorm", x, c["layer_norm_eps"]), all_visible)
    return torch.cat([layer_norm(w, "vision_model.post_layernorm", x[:, :1], c["layer_norm_eps"]), x[:, 1:]], 1), weights


def heads(c):
    hidden = c["hidden_size"]
    return {
        "ImageProjection": Head(linear_shapes("visual_projection", c["projection_dim"], hidden, False),
                                lambda w, x: linear(w, "visual_projection", x[:, 0])),
        "ImageClassification": Head(linear_shapes("classifier", len(c["id2label"]), hidden),
                                    lambda w, x: linear(w, "classifier", x[:, 1:].mean(1))),
    }
