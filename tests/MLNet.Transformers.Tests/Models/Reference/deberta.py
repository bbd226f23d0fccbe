"""DeBERTa (He et al., 2021): equation 4, with a vector a distance. In the first version one matrix holds, head after head,
the maps to queries, keys and values; distances have maps of their own.
"""
import math

import torch

from heads import choice, each_token, pooled, vocabulary
from layers import ACTIVATIONS, gelu, layer_norm, linear, linear_shapes, norm_shapes

TINY = {"vocab_size": 31, "hidden_size": 12, "num_hidden_layers": 2, "num_attention_heads": 3, "intermediate_size": 20,
        "max_position_embeddings": 12, "type_vocab_size": 0, "relative_attention": True, "max_relative_positions": -1,
        "position_biased_input": False, "pos_att_type": "c2p|p2c", "hidden_act": "gelu", "layer_norm_eps": 1e-7, "pad_token_id": 0}
CASES = {
    "published": TINY,
    "positions and types": {**TINY, "position_biased_input": True, "type_vocab_size": 2, "num_hidden_layers": 1},
    "few distances": {**TINY, "max_relative_positions": 3, "pos_att_type": ["p2c", "c2p"], "num_hidden_layers": 1},
    "content to position": {**TINY, "pos_att_type": "c2p", "num_hidden_layers": 1},
    "position to content": {**TINY, "pos_att_type": ["p2c"], "num_hidden_layers": 1},
}


def terms(c):
    return c["pos_att_type"].split("|") if isinstance(c["pos_att_type"], str) else c["pos_att_type"]


def greatest(c):
    return c["max_relative_positions"] if c["max_relative_positions"] > 0 else c["max_position_embeddings"]


def shapes(c):
    hidden = c["hidden_size"]
    all_shapes = {**shared_shapes(c), "deberta.encoder.rel_embeddings.weight": (2 * greatest(c), hidden)}
    for i in range(c["num_hidden_layers"]):
        name = f"deberta.encoder.layer.{i}.attention.self"
        all_shapes.update({f"{name}.in_proj.weight": (3 * hidden, hidden), f"{name}.q_bias": (hidden,), f"{name}.v_bias": (hidden,)})
        if "c2p" in terms(c):
            all_shapes.update(linear_shapes(f"{name}.pos_proj", hidden, hidden, bias=False))
        if "p2c" in terms(c):
            all_shapes.update(linear_shapes(f"{name}.pos_q_proj", hidden, hidden))
    return all_shapes


def shared_shapes(c):
    hidden, inner = c["hidden_size"], c["intermediate_size"]
    all_shapes = {"deberta.embeddings.word_embeddings.weight": (c["vocab_size"], hidden), **norm_shapes("deberta.embeddings.LayerNorm", hidden)}
    if c["position_biased_input"]:
        all_shapes["deberta.embeddings.position_embeddings.weight"] = (c["max_position_embeddings"], hidden)
    if c["type_vocab_size"]:
        all_shapes["deberta.embeddings.token_type_embeddings.weight"] = (c["type_vocab_size"], hidden)
    for i in range(c["num_hidden_layers"]):
        layer = f"deberta.encoder.layer.{i}"
        all_shapes.update(linear_shapes(f"{layer}.attention.output.dense", hidden, hidden))
        all_shapes.update(norm_shapes(f"{layer}.attention.output.LayerNorm", hidden))
        all_shapes.update(linear_shapes(f"{layer}.intermediate.dense", inner, hidden))
        all_shapes.update(linear_shapes(f"{layer}.output.dense", hidden, inner))
        all_shapes.update(norm_shapes(f"{layer}.output.LayerNorm", hidden))
    return all_shapes


def encode(c, w, batch):
    x, hidden, size = embed(c, w, batch), c["hidden_size"], c["hidden_size"] // c["num_attention_heads"]

    def row(distance):
        return min(max(distance + greatest(c), 0), 2 * greatest(c) - 1)

    vectors = w["deberta.encoder.rel_embeddings.weight"]
    for i in range(c["num_hidden_layers"]):
        name = f"deberta.encoder.layer.{i}.attention.self"
        rows = w[f"{name}.in_proj.weight"].reshape(c["num_attention_heads"], 3, size, hidden)
        query, key, value = (x @ rows[:, part].reshape(hidden, hidden).T for part in range(3))
        query, value = query + w[f"{name}.q_bias"], value + w[f"{name}.v_bias"]
        position_key = linear(w, f"{name}.pos_proj", vectors) if "c2p" in terms(c) else None
        position_query = linear(w, f"{name}.pos_q_proj", vectors) if "p2c" in terms(c) else None
        mixed = disentangled(c, query, key, value, position_key, position_query, row, batch.mask)
        x = finish(c, w, x, mixed, f"deberta.encoder.layer.{i}")
    return x


def embed(c, w, batch):
    x = w["deberta.embeddings.word_embeddings.weight"][batch.ids]
    if c["position_biased_input"]:
        x = x + w["deberta.embeddings.position_embeddings.weight"][:batch.ids.shape[1]]
    if c["type_vocab_size"]:
        x = x + w["deberta.embeddings.token_type_embeddings.weight"][batch.types]
    return layer_norm(w, "deberta.embeddings.LayerNorm", x, c["layer_norm_eps"]) * batch.mask[:, :, None]


def disentangled(c, query, key, value, position_key, position_query, row, mask):
    """Equation 4, head by head and pair by pair; row is the row of the distance from a query back to a key."""
    length, size = query.shape[1], query.shape[-1] // c["num_attention_heads"]
    to_key = torch.tensor([[row(i - j) for j in range(length)] for i in range(length)])
    outputs = []
    for head in range(c["num_attention_heads"]):
        part = slice(head * size, (head + 1) * size)
        q, k, v = query[..., part], key[..., part], value[..., part]
        scores = torch.einsum("bis,bjs->bij", q, k)
        if position_key is not None:
            scores = scores + torch.einsum("bis,ijs->bij", q, position_key[..., part][to_key])
        if position_query is not None:
            # As published: the row of the same distance, where the paper writes that of the opposite one.
            scores = scores + torch.einsum("bjs,ijs->bij", k, position_query[..., part][to_key])
        scores = scores / math.sqrt(size * (1 + len(terms(c))))
        outputs.append(scores.masked_fill(~mask[:, None, :], float("-inf")).softmax(-1) @ v)
    return torch.cat(outputs, -1)


def finish(c, w, x, mixed, layer):
    x = layer_norm(w, f"{layer}.attention.output.LayerNorm", x + linear(w, f"{layer}.attention.output.dense", mixed), c["layer_norm_eps"])
    inner = ACTIVATIONS[c["hidden_act"]](linear(w, f"{layer}.intermediate.dense", x))
    return layer_norm(w, f"{layer}.output.LayerNorm", x + linear(w, f"{layer}.output.dense", inner), c["layer_norm_eps"])


def heads(c):
    hidden, labels = c["hidden_size"], len(c["id2label"])
    return {
        "SequenceClassification": pooled("pooler.dense", gelu, "classifier", hidden, labels),
        "TokenClassification": each_token("classifier", hidden, labels),
        "SpanExtraction": each_token("qa_outputs", hidden, 2),
        "MultipleChoice": choice("pooler.dense", gelu, "classifier", hidden),
        "MaskedLanguageModel": vocabulary(
            "lm_predictions.lm_head.dense", ACTIVATIONS[c["hidden_act"]], "lm_predictions.lm_head.LayerNorm", "lm_predictions.lm_head.bias",
            "deberta.embeddings.word_embeddings.weight", hidden, hidden, c["vocab_size"], c["layer_norm_eps"]),
    }
