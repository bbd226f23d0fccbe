"""The tower for texts of CLIP (Radford et al., 2021): a token sees only those before it, norms stand first, and the state of the
token that ends the text goes through a map to the space that images and texts share."""
import torch

from clip_layers import layer_shapes, layers
from decoders import causal
from heads import Head, each_token
from layers import layer_norm, linear, linear_shapes, norm_shapes

TINY = {"vocab_size": 31, "hidden_size": 12, "num_hidden_layers": 2, "num_attention_heads": 3, "intermediate_size": 20,
        "max_position_embeddings": 10, "hidden_act": "quick_gelu", "layer_norm_eps": 1e-5, "projection_dim": 10,
        "pad_token_id": 1, "bos_token_id": 0, "eos_token_id": 2}
CASES = {
    "published": TINY,
    "gelu": {**TINY, "hidden_act": "gelu", "layer_norm_eps": 1e-3, "projection_dim": 14},
}
SEGMENTS = 0


def shapes(c):
    hidden = c["hidden_size"]
    return {"text_model.embeddings.token_embedding.weight": (c["vocab_size"], hidden),
            "text_model.embeddings.position_embedding.weight": (c["max_position_embeddings"], hidden),
            **layer_shapes("text_model", hidden, c["intermediate_size"], c["num_hidden_layers"]),
            **norm_shapes("text_model.final_layer_norm", hidden)}


def encode(c, w, batch):
    x = w["text_model.embeddings.token_embedding.weight"][batch.ids]
    x = x + w["text_model.embeddings.position_embedding.weight"][:x.shape[1]]
    return layer_norm(w, "text_model.final_layer_norm", layers(c, w, "text_model", x, causal(batch.mask))[0], c["layer_norm_eps"])


def end_of(c, ids, mask):
    """The place of the token that ends a text: the first such or, where the config has the number 2 that old ones have in error,
    the token of the greatest number."""
    tokens = ids[mask].tolist()
    return tokens.index(max(tokens) if c["eos_token_id"] == 2 else c["eos_token_id"])


def project(c, w, x, batch):
    ends = torch.stack([row[end_of(c, ids, mask)] for row, ids, mask in zip(x, batch.ids, batch.mask)])
    return linear(w, "text_projection", ends)


def last(c, w, x, batch):
    return linear(w, "classifier", torch.stack([row[mask][-1] for row, mask in zip(x, batch.mask)]))


def heads(c):
    hidden, labels = c["hidden_size"], len(c["id2label"])
    return {
        "TextProjection": Head(linear_shapes("text_projection", c["projection_dim"], hidden, False), lambda w, x, batch: project(c, w, x, batch)),
        "SequenceClassification": Head(linear_shapes("classifier", labels, hidden), lambda w, x, batch: last(c, w, x, batch)),
        "TokenClassification": each_token("classifier", hidden, labels),
        "SpanExtraction": each_token("qa_outputs", hidden, 2),
    }
