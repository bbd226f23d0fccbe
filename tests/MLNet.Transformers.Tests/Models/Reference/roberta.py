"""RoBERTa (Liu et al., 2019): BERT whose positions count the tokens that are no padding, from the padding id on."""
import torch

import bert
from heads import choice, each_token, pooled, vocabulary
from layers import gelu

TINY = {**bert.TINY, "vocab_size": 29, "max_position_embeddings": 12, "type_vocab_size": 1, "layer_norm_eps": 1e-5, "pad_token_id": 1}
CASES = {"published": TINY, "padding 3": {**TINY, "pad_token_id": 3, "max_position_embeddings": 14}}


def shapes(c):
    return {**bert.embedding_shapes(c, "roberta.embeddings", c["hidden_size"]), **bert.layer_shapes(c, "roberta.encoder.layer")}


def encode(c, w, batch):
    x = bert.embed(c, w, batch, positions(batch.ids, c["pad_token_id"]), "roberta.embeddings")
    return bert.layers(c, w, x, batch.mask, "roberta.encoder.layer")


def positions(all_ids, padding):
    """The n-th token that is no padding has position padding + n; padding has its own id."""
    result = torch.full_like(all_ids, padding)
    for row, ids in enumerate(all_ids.tolist()):
        position = padding
        for column, token in enumerate(ids):
            if token != padding:
                position += 1
                result[row, column] = position
    return result


def heads(c):
    hidden, labels = c["hidden_size"], len(c["id2label"])
    return {
        "SequenceClassification": pooled("classifier.dense", torch.tanh, "classifier.out_proj", hidden, labels),
        "TokenClassification": each_token("classifier", hidden, labels),
        "SpanExtraction": each_token("qa_outputs", hidden, 2),
        "MultipleChoice": choice("roberta.pooler.dense", torch.tanh, "classifier", hidden),
        "MaskedLanguageModel": vocabulary(
            "lm_head.dense", gelu, "lm_head.layer_norm", "lm_head.bias", "roberta.embeddings.word_embeddings.weight",
            hidden, hidden, c["vocab_size"], c["layer_norm_eps"], "lm_head.decoder.weight"),
    }
