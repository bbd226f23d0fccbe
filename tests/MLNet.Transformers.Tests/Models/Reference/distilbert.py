"""DistilBERT (Sanh et al., 2019): BERT's layers under other names, without segments."""
import torch

from heads import choice, each_token, pooled, vocabulary
from layers import ACTIVATIONS, attention, layer_norm, linear, linear_shapes, norm_shapes, relu

EPSILON = 1e-12
CASES = {"published": {"vocab_size": 31, "dim": 12, "n_layers": 2, "n_heads": 3, "hidden_dim": 20, "max_position_embeddings": 10,
                       "sinusoidal_pos_embds": False, "activation": "gelu", "pad_token_id": 0}}


def shapes(c):
    dim, inner = c["dim"], c["hidden_dim"]
    result = {"distilbert.embeddings.word_embeddings.weight": (c["vocab_size"], dim),
              "distilbert.embeddings.position_embeddings.weight": (c["max_position_embeddings"], dim),
              **norm_shapes("distilbert.embeddings.LayerNorm", dim)}
    for i in range(c["n_layers"]):
        layer = f"distilbert.transformer.layer.{i}"
        for part in ("q", "k", "v", "out"):
            result.update(linear_shapes(f"{layer}.attention.{part}_lin", dim, dim))
        result.update(norm_shapes(f"{layer}.sa_layer_norm", dim))
        result.update(linear_shapes(f"{layer}.ffn.lin1", inner, dim))
        result.update(linear_shapes(f"{layer}.ffn.lin2", dim, inner))
        result.update(norm_shapes(f"{layer}.output_layer_norm", dim))
    return result


def encode(c, w, batch):
    positions = torch.arange(batch.ids.shape[1])
    x = w["distilbert.embeddings.word_embeddings.weight"][batch.ids] + w["distilbert.embeddings.position_embeddings.weight"][positions]
    x = layer_norm(w, "distilbert.embeddings.LayerNorm", x, EPSILON)
    for i in range(c["n_layers"]):
        layer = f"distilbert.transformer.layer.{i}"
        query, key, value = (linear(w, f"{layer}.attention.{part}_lin", x) for part in ("q", "k", "v"))
        mixed = attention(query, key, value, c["n_heads"], batch.mask[:, None, :])
        x = layer_norm(w, f"{layer}.sa_layer_norm", x + linear(w, f"{layer}.attention.out_lin", mixed), EPSILON)
        inner = ACTIVATIONS[c["activation"]](linear(w, f"{layer}.ffn.lin1", x))
        x = layer_norm(w, f"{layer}.output_layer_norm", x + linear(w, f"{layer}.ffn.lin2", inner), EPSILON)
    return x


def heads(c):
    dim, labels = c["dim"], len(c["id2label"])
    return {
        "SequenceClassification": pooled("pre_classifier", relu, "classifier", dim, labels),
        "TokenClassification": each_token("classifier", dim, labels),
        "SpanExtraction": each_token("qa_outputs", dim, 2),
        "MultipleChoice": choice("pre_classifier", relu, "classifier", dim),
        "MaskedLanguageModel": vocabulary(
            "vocab_transform", ACTIVATIONS[c["activation"]], "vocab_layer_norm", "vocab_projector.bias",
            "distilbert.embeddings.word_embeddings.weight", dim, dim, c["vocab_size"], EPSILON, "vocab_projector.weight"),
    }
