"""MPNet (Song et al., 2020): positions counted as in RoBERTa, and a bias by bucket of distance, as in T5, that all layers share."""
import math

import torch

import roberta
from heads import choice, each_token, pooled, vocabulary
from layers import ACTIVATIONS, attention, gelu, layer_norm, linear, linear_shapes, norm_shapes

TINY = {"vocab_size": 31, "hidden_size": 12, "num_hidden_layers": 2, "num_attention_heads": 3, "intermediate_size": 20,
        "max_position_embeddings": 12, "relative_attention_num_buckets": 8, "hidden_act": "gelu", "layer_norm_eps": 1e-5, "pad_token_id": 1}
CASES = {"published": TINY, "more buckets": {**TINY, "relative_attention_num_buckets": 32, "num_hidden_layers": 1}}


def bucket(distance, count):
    """Half of the buckets for keys on either side; of each half, half for one distance each, the others ever wider up to 128."""
    half = count // 2
    near = half // 2
    side = half if distance > 0 else 0
    distance = abs(distance)
    if distance < near:
        return side + distance
    # As published, in single precision.
    far = torch.log(torch.tensor(float(distance)) / near) / math.log(128 / near) * (half - near)
    return side + min(half - 1, near + int(far))


def shapes(c):
    hidden, inner = c["hidden_size"], c["intermediate_size"]
    all_shapes = {
        "mpnet.embeddings.word_embeddings.weight": (c["vocab_size"], hidden),
        "mpnet.embeddings.position_embeddings.weight": (c["max_position_embeddings"], hidden),
        **norm_shapes("mpnet.embeddings.LayerNorm", hidden),
        "mpnet.encoder.relative_attention_bias.weight": (c["relative_attention_num_buckets"], c["num_attention_heads"]),
    }
    for i in range(c["num_hidden_layers"]):
        layer = f"mpnet.encoder.layer.{i}"
        for part in "qkvo":
            all_shapes.update(linear_shapes(f"{layer}.attention.attn.{part}", hidden, hidden))
        all_shapes.update(norm_shapes(f"{layer}.attention.LayerNorm", hidden))
        all_shapes.update(linear_shapes(f"{layer}.intermediate.dense", inner, hidden))
        all_shapes.update(linear_shapes(f"{layer}.output.dense", hidden, inner))
        all_shapes.update(norm_shapes(f"{layer}.output.LayerNorm", hidden))
    return all_shapes


def encode(c, w, batch):
    epsilon, length = c["layer_norm_eps"], batch.ids.shape[1]
    x = (w["mpnet.embeddings.word_embeddings.weight"][batch.ids]
         + w["mpnet.embeddings.position_embeddings.weight"][roberta.positions(batch.ids, c["pad_token_id"])])
    x = layer_norm(w, "mpnet.embeddings.LayerNorm", x, epsilon)
    buckets = torch.tensor([[bucket(key - query, c["relative_attention_num_buckets"]) for key in range(length)] for query in range(length)])
    bias = w["mpnet.encoder.relative_attention_bias.weight"][buckets].permute(2, 0, 1)
    for i in range(c["num_hidden_layers"]):
        layer = f"mpnet.encoder.layer.{i}"
        query, key, value = (linear(w, f"{layer}.attention.attn.{part}", x) for part in "qkv")
        mixed = attention(query, key, value, c["num_attention_heads"], batch.mask[:, None, :], bias)
        x = layer_norm(w, f"{layer}.attention.LayerNorm", x + linear(w, f"{layer}.attention.attn.o", mixed), epsilon)
        inner = ACTIVATIONS[c["hidden_act"]](linear(w, f"{layer}.intermediate.dense", x))
        x = layer_norm(w, f"{layer}.output.LayerNorm", x + linear(w, f"{layer}.output.dense", inner), epsilon)
    return x


def heads(c):
    hidden, labels = c["hidden_size"], len(c["id2label"])
    return {
        "SequenceClassification": pooled("classifier.dense", torch.tanh, "classifier.out_proj", hidden, labels),
        "TokenClassification": each_token("classifier", hidden, labels),
        "SpanExtraction": each_token("qa_outputs", hidden, 2),
        "MultipleChoice": choice("mpnet.pooler.dense", torch.tanh, "classifier", hidden),
        "MaskedLanguageModel": vocabulary(
            "lm_head.dense", gelu, "lm_head.layer_norm", "lm_head.bias", "mpnet.embeddings.word_embeddings.weight",
            hidden, hidden, c["vocab_size"], c["layer_norm_eps"], "lm_head.decoder.weight"),
    }
