"""ALBERT (Lan et al., 2020): narrow token vectors mapped to the hidden size, and groups of layers that share their weights."""
import torch

import bert
from heads import choice, each_token, pooled, vocabulary
from layers import ACTIVATIONS, attention, layer_norm, linear, linear_shapes, norm_shapes

TINY = {**bert.TINY, "embedding_size": 8, "hidden_act": "gelu_new", "num_hidden_layers": 3, "num_hidden_groups": 1, "inner_group_num": 1}
CASES = {"published": TINY, "two groups of two": {**TINY, "num_hidden_layers": 4, "num_hidden_groups": 2, "inner_group_num": 2}}


def shapes(c):
    hidden, inner = c["hidden_size"], c["intermediate_size"]
    result = {**bert.embedding_shapes(c, "albert.embeddings", c["embedding_size"]),
              **linear_shapes("albert.encoder.embedding_hidden_mapping_in", hidden, c["embedding_size"])}
    for group in range(c["num_hidden_groups"]):
        for i in range(c["inner_group_num"]):
            layer = f"albert.encoder.albert_layer_groups.{group}.albert_layers.{i}"
            for part in ("query", "key", "value", "dense"):
                result.update(linear_shapes(f"{layer}.attention.{part}", hidden, hidden))
            result.update(norm_shapes(f"{layer}.attention.LayerNorm", hidden))
            result.update(linear_shapes(f"{layer}.ffn", inner, hidden))
            result.update(linear_shapes(f"{layer}.ffn_output", hidden, inner))
            result.update(norm_shapes(f"{layer}.full_layer_layer_norm", hidden))
    return result


def encode(c, w, batch):
    positions = torch.arange(batch.ids.shape[1])[None, :]
    x = linear(w, "albert.encoder.embedding_hidden_mapping_in", bert.embed(c, w, batch, positions, "albert.embeddings"))
    for depth in range(c["num_hidden_layers"]):
        group = depth * c["num_hidden_groups"] // c["num_hidden_layers"]
        for i in range(c["inner_group_num"]):
            x = apply(c, w, x, batch.mask, f"albert.encoder.albert_layer_groups.{group}.albert_layers.{i}")
    return x


def apply(c, w, x, mask, layer):
    epsilon = c["layer_norm_eps"]
    query, key, value = (linear(w, f"{layer}.attention.{part}", x) for part in ("query", "key", "value"))
    mixed = attention(query, key, value, c["num_attention_heads"], mask[:, None, :])
    x = layer_norm(w, f"{layer}.attention.LayerNorm", x + linear(w, f"{layer}.attention.dense", mixed), epsilon)
    inner = ACTIVATIONS[c["hidden_act"]](linear(w, f"{layer}.ffn", x))
    return layer_norm(w, f"{layer}.full_layer_layer_norm", x + linear(w, f"{layer}.ffn_output", inner), epsilon)


def heads(c):
    hidden, labels = c["hidden_size"], len(c["id2label"])
    return {
        "SequenceClassification": pooled("albert.pooler", torch.tanh, "classifier", hidden, labels),
        "TokenClassification": each_token("classifier", hidden, labels),
        "SpanExtraction": each_token("qa_outputs", hidden, 2),
        "MultipleChoice": choice("albert.pooler", torch.tanh, "classifier", hidden),
        "MaskedLanguageModel": vocabulary(
            "predictions.dense", ACTIVATIONS[c["hidden_act"]], "predictions.LayerNorm", "predictions.bias",
            "albert.embeddings.word_embeddings.weight", hidden, c["embedding_size"], c["vocab_size"], c["layer_norm_eps"], "predictions.decoder.weight"),
    }
