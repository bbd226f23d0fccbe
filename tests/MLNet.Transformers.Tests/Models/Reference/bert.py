"""BERT (Devlin et al., 2019): layers that normalise last, learned positions, segments."""
import torch

from heads import choice, each_token, pooled, vocabulary
from layers import ACTIVATIONS, attention, layer_norm, linear, linear_shapes, norm_shapes

TINY = {"vocab_size": 31, "hidden_size": 12, "num_hidden_layers": 2, "num_attention_heads": 3, "intermediate_size": 20,
        "max_position_embeddings": 10, "type_vocab_size": 2, "hidden_act": "gelu", "layer_norm_eps": 1e-12, "pad_token_id": 0}
CASES = {"published": TINY, "relu": {**TINY, "hidden_act": "relu", "layer_norm_eps": 1e-3, "num_hidden_layers": 1}}


def shapes(c):
    return {**embedding_shapes(c, "bert.embeddings", c["hidden_size"]), **layer_shapes(c, "bert.encoder.layer")}


def embedding_shapes(c, name, width):
    return {
        f"{name}.word_embeddings.weight": (c["vocab_size"], width),
        f"{name}.position_embeddings.weight": (c["max_position_embeddings"], width),
        f"{name}.token_type_embeddings.weight": (c["type_vocab_size"], width),
        **norm_shapes(f"{name}.LayerNorm", width),
    }


def layer_shapes(c, name):
    hidden, inner, all_shapes = c["hidden_size"], c["intermediate_size"], {}
    for i in range(c["num_hidden_layers"]):
        for part in ("self.query", "self.key", "self.value", "output.dense"):
            all_shapes.update(linear_shapes(f"{name}.{i}.attention.{part}", hidden, hidden))
        all_shapes.update(norm_shapes(f"{name}.{i}.attention.output.LayerNorm", hidden))
        all_shapes.update(linear_shapes(f"{name}.{i}.intermediate.dense", inner, hidden))
        all_shapes.update(linear_shapes(f"{name}.{i}.output.dense", hidden, inner))
        all_shapes.update(norm_shapes(f"{name}.{i}.output.LayerNorm", hidden))
    return all_shapes


def encode(c, w, batch):
    positions = torch.arange(batch.ids.shape[1])[None, :]
    return layers(c, w, embed(c, w, batch, positions, "bert.embeddings"), batch.mask, "bert.encoder.layer")


def embed(c, w, batch, positions, name):
    total = (w[f"{name}.word_embeddings.weight"][batch.ids]
             + w[f"{name}.position_embeddings.weight"][positions]
             + w[f"{name}.token_type_embeddings.weight"][batch.types])
    return layer_norm(w, f"{name}.LayerNorm", total, c["layer_norm_eps"])


def layers(c, w, x, mask, name):
    for i in range(c["num_hidden_layers"]):
        layer, epsilon = f"{name}.{i}", c["layer_norm_eps"]
        query, key, value = (linear(w, f"{layer}.attention.self.{part}", x) for part in ("query", "key", "value"))
        mixed = attention(query, key, value, c["num_attention_heads"], mask[:, None, :])
        x = layer_norm(w, f"{layer}.attention.output.LayerNorm", x + linear(w, f"{layer}.attention.output.dense", mixed), epsilon)
        inner = ACTIVATIONS[c["hidden_act"]](linear(w, f"{layer}.intermediate.dense", x))
        x = layer_norm(w, f"{layer}.output.LayerNorm", x + linear(w, f"{layer}.output.dense", inner), epsilon)
    return x


def heads(c):
    hidden, labels = c["hidden_size"], len(c["id2label"])
    return {
        "SequenceClassification": pooled("bert.pooler.dense", torch.tanh, "classifier", hidden, labels),
        "TokenClassification": each_token("classifier", hidden, labels),
        "SpanExtraction": each_token("qa_outputs", hidden, 2),
        "MultipleChoice": choice("bert.pooler.dense", torch.tanh, "classifier", hidden),
        "MaskedLanguageModel": vocabulary(
            "cls.predictions.transform.dense", ACTIVATIONS[c["hidden_act"]], "cls.predictions.transform.LayerNorm", "cls.predictions.bias",
            "bert.embeddings.word_embeddings.weight", hidden, hidden, c["vocab_size"], c["layer_norm_eps"], "cls.predictions.decoder.weight"),
    }
