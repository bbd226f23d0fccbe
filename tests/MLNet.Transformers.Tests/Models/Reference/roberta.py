"""RoBERTa (Liu et al., 2019): BERT whose positions count the tokens that are no padding, from the padding id on."""
import torch

import bert
from layers import linear, linear_shapes

TINY = {**bert.TINY, "vocab_size": 29, "max_position_embeddings": 12, "type_vocab_size": 1, "layer_norm_eps": 1e-5, "pad_token_id": 1}
CASES = {"published": TINY, "padding 3": {**TINY, "pad_token_id": 3, "max_position_embeddings": 14}}


def shapes(c):
    labels, hidden = len(c["id2label"]), c["hidden_size"]
    return {
        **bert.embedding_shapes(c, "roberta.embeddings", hidden),
        **bert.layer_shapes(c, "roberta.encoder.layer"),
        **linear_shapes("roberta.pooler.dense", hidden, hidden),
        **linear_shapes("classifier.dense", hidden, hidden),
        **linear_shapes("classifier.out_proj", labels, hidden),
    }


def encode(c, w, batch):
    padding = c["pad_token_id"]
    positions = torch.full_like(batch.ids, padding)
    for row, ids in enumerate(batch.ids.tolist()):
        position = padding
        for column, token in enumerate(ids):
            if token != padding:
                position += 1
                positions[row, column] = position
    x = bert.embed(c, w, batch, positions, "roberta.embeddings")
    return bert.layers(c, w, x, batch.mask, "roberta.encoder.layer")


def heads(c, w, hidden, batch):
    return {"scores": linear(w, "classifier.out_proj", torch.tanh(linear(w, "classifier.dense", hidden[:, 0])))}
