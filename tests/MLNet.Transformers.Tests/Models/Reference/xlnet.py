"""XLNet (Yang et al., 2019) as it is fine-tuned, with one stream: scores by content, by distance and by segment, and the states
of earlier segments as keys. Padding stands on the left here, as published tokenizers put it, and the last token sums up.
"""
import math

import torch

from heads import Head, each_token
from layers import ACTIVATIONS, layer_norm, linear, linear_shapes, norm_shapes

SEGMENTS = 3
UNSAVED = {"transformer.mask_emb"}  # Only the second stream of pre-training reads it.
TINY = {"vocab_size": 31, "d_model": 12, "n_layer": 2, "n_head": 3, "d_head": 4, "d_inner": 20, "ff_activation": "gelu", "attn_type": "bi",
        "clamp_len": -1, "layer_norm_eps": 1e-12, "pad_token_id": 5, "summary_type": "last", "summary_activation": "tanh"}
CASES = {"published": TINY, "near distances": {**TINY, "clamp_len": 3, "n_layer": 1, "ff_activation": "relu"}}


def shapes(c):
    hidden, parts = c["d_model"], (c["n_head"], c["d_model"] // c["n_head"])
    all_shapes = {"transformer.word_embedding.weight": (c["vocab_size"], hidden), "transformer.mask_emb": (1, 1, hidden)}
    for i in range(c["n_layer"]):
        layer = f"transformer.layer.{i}"
        all_shapes.update({f"{layer}.rel_attn.{part}": (hidden, *parts) for part in "qkvor"})
        all_shapes.update({f"{layer}.rel_attn.{part}": parts for part in ("r_w_bias", "r_r_bias", "r_s_bias")})
        all_shapes[f"{layer}.rel_attn.seg_embed"] = (2, *parts)
        all_shapes.update(norm_shapes(f"{layer}.rel_attn.layer_norm", hidden))
        all_shapes.update(linear_shapes(f"{layer}.ff.layer_1", c["d_inner"], hidden))
        all_shapes.update(linear_shapes(f"{layer}.ff.layer_2", hidden, c["d_inner"]))
        all_shapes.update(norm_shapes(f"{layer}.ff.layer_norm", hidden))
    return all_shapes


def encode(c, w, batch):
    """Padding goes to the left, with a segment of its own, and the states back to where their tokens were."""
    counts = batch.mask.sum(1).tolist()
    length = batch.ids.shape[1]
    places = torch.tensor([[(column + count) % length for column in range(length)] for count in counts])
    types = batch.types.masked_fill(~batch.mask, SEGMENTS)
    ids, types, mask = (rows.gather(1, places) for rows in (batch.ids, types, batch.mask))
    assert mask[:, -1].all()
    hidden, _ = recur(c, w, ids, types, mask, [None] * c["n_layer"], 0)
    return torch.stack([row.roll(count, 0) for row, count in zip(hidden, counts)])


def recur(c, w, ids, types, mask, memories, memory_length):
    """The states of one segment after those remembered, and what is to be remembered of both."""
    x, kept = w["transformer.word_embedding.weight"][ids], []
    for i, memory in enumerate(memories):
        seen = x if memory is None else torch.cat([memory, x], 1)
        kept.append(seen[:, -memory_length:].detach() if memory_length else None)
        layer = f"transformer.layer.{i}"
        mixed = attend(c, w, f"{layer}.rel_attn", x, seen, types, mask)
        x = layer_norm(w, f"{layer}.rel_attn.layer_norm", x + mixed, c["layer_norm_eps"])
        inner = ACTIVATIONS[c["ff_activation"]](linear(w, f"{layer}.ff.layer_1", x))
        x = layer_norm(w, f"{layer}.ff.layer_norm", x + linear(w, f"{layer}.ff.layer_2", inner), c["layer_norm_eps"])
    return x, kept


def attend(c, w, name, x, seen, types, mask):
    """Section 2.4, pair by pair: query i stands at position i after all that is remembered, which is of segment 0."""
    before, length = seen.shape[1] - x.shape[1], x.shape[1]
    key_types = torch.cat([torch.zeros(len(x), before, dtype=torch.long), types], 1)
    visible = torch.cat([torch.ones(len(x), before, dtype=torch.bool), mask], 1)[:, None, :]
    # A padded query sees itself, lest it see nothing.
    visible = visible | torch.cat([torch.zeros(length, before, dtype=torch.bool), torch.eye(length, dtype=torch.bool)], 1)
    waves = torch.stack([torch.stack([wave(c, before + i - j) for j in range(before + length)]) for i in range(length)])
    outputs = 0
    for head in range(c["n_head"]):
        q, k, v = x @ w[f"{name}.q"][:, head], seen @ w[f"{name}.k"][:, head], seen @ w[f"{name}.v"][:, head]
        by_content = torch.einsum("bis,bjs->bij", q + w[f"{name}.r_w_bias"][head], k)
        by_distance = torch.einsum("bis,ijs->bij", q + w[f"{name}.r_r_bias"][head], waves @ w[f"{name}.r"][:, head])
        by_segment = torch.einsum("bis,ts->bit", q + w[f"{name}.r_s_bias"][head], w[f"{name}.seg_embed"][:, head])
        other = (types[:, :, None] != key_types[:, None, :]).double()
        by_segment = by_segment[..., :1] * (1 - other) + by_segment[..., 1:] * other
        scores = (by_content + by_distance + by_segment) / math.sqrt(q.shape[-1])
        outputs = outputs + scores.masked_fill(~visible, float("-inf")).softmax(-1) @ v @ w[f"{name}.o"][:, head].T
    return outputs


def wave(c, distance):
    """All sines, then all cosines, of a distance from a query back to a key."""
    if c["clamp_len"] > 0:
        distance = max(-c["clamp_len"], min(c["clamp_len"], distance))
    half = [distance / 10000 ** (column / c["d_model"]) for column in range(0, c["d_model"], 2)]
    return torch.tensor([math.sin(angle) for angle in half] + [math.cos(angle) for angle in half], dtype=torch.float64)


def heads(c):
    hidden, labels = c["d_model"], len(c["id2label"])

    def last(x, batch):
        return x[torch.arange(len(x)), batch.mask.sum(1) - 1]

    def summed_up(outputs):
        return Head({**linear_shapes("sequence_summary.summary", hidden, hidden), **linear_shapes("logits_proj", outputs, hidden)},
                    lambda w, x, batch: linear(w, "logits_proj", torch.tanh(linear(w, "sequence_summary.summary", last(x, batch)))))

    return {
        "SequenceClassification": summed_up(labels),
        "TokenClassification": each_token("classifier", hidden, labels),
        "SpanExtraction": each_token("qa_outputs", hidden, 2),
        "MultipleChoice": Head(summed_up(1).shapes, lambda w, x, batch: summed_up(1).output(w, x, batch)[:, 0]),
    }
