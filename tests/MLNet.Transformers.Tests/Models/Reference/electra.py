"""ELECTRA (Clark et al., 2020): BERT's layers over token vectors that may be narrower, as a discriminator and as a generator."""
import torch

import bert
from heads import choice, each_token, pooled, replaced, vocabulary
from layers import gelu, linear, linear_shapes

TINY = {**bert.TINY, "embedding_size": 8}
CASES = {"published": TINY, "token vectors of the hidden size": {**TINY, "embedding_size": TINY["hidden_size"]}}


def shapes(c):
    hidden, width = c["hidden_size"], c["embedding_size"]
    projection = linear_shapes("electra.embeddings_project", hidden, width) if width != hidden else {}
    return {**bert.embedding_shapes(c, "electra.embeddings", width), **projection, **bert.layer_shapes(c, "electra.encoder.layer")}


def encode(c, w, batch):
    positions = torch.arange(batch.ids.shape[1])[None, :]
    x = bert.embed(c, w, batch, positions, "electra.embeddings")
    if c["embedding_size"] != c["hidden_size"]:
        x = linear(w, "electra.embeddings_project", x)
    return bert.layers(c, w, x, batch.mask, "electra.encoder.layer")


def heads(c):
    hidden, labels = c["hidden_size"], len(c["id2label"])
    return {
        "SequenceClassification": pooled("classifier.dense", gelu, "classifier.out_proj", hidden, labels),
        "TokenClassification": each_token("classifier", hidden, labels),
        "SpanExtraction": each_token("qa_outputs", hidden, 2),
        "MultipleChoice": choice("sequence_summary.summary", gelu, "classifier", hidden),
        "ReplacedTokenDetection": replaced("discriminator_predictions.dense", gelu, "discriminator_predictions.dense_prediction", hidden),
        "MaskedLanguageModel": vocabulary(
            "generator_predictions.dense", gelu, "generator_predictions.LayerNorm", "generator_lm_head.bias",
            "electra.embeddings.word_embeddings.weight", hidden, c["embedding_size"], c["vocab_size"], c["layer_norm_eps"], "generator_lm_head.weight"),
    }
