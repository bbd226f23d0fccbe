"""ModernBERT (Warner et al., 2024): rotary positions (Su et al., 2021), layers that see a window between layers that see all,
GeGLU (Shazeer, 2020), norms first, and no norm before the first attention, since the embedding has its own."""
import torch

from heads import Head
from layers import ACTIVATIONS, attention, layer_norm, linear, linear_shapes, norm_shapes

TINY = {"vocab_size": 31, "hidden_size": 12, "num_hidden_layers": 4, "num_attention_heads": 2, "intermediate_size": 20,
        "max_position_embeddings": 10, "hidden_activation": "gelu", "classifier_activation": "gelu", "norm_eps": 1e-5, "norm_bias": False,
        "attention_bias": False, "mlp_bias": False, "classifier_bias": False, "decoder_bias": True, "classifier_pooling": "mean",
        "global_attn_every_n_layers": 3, "local_attention": 4, "global_rope_theta": 160000.0, "local_rope_theta": 10000.0, "pad_token_id": 3}
NEWER = {key: value for key, value in TINY.items() if key not in ("global_attn_every_n_layers", "global_rope_theta", "local_rope_theta")}
CASES = {
    "published": TINY,
    "with biases": {**TINY, "norm_bias": True, "attention_bias": True, "mlp_bias": True, "classifier_bias": True, "classifier_pooling": "cls"},
    "newer keys": {**NEWER, "layer_types": ["sliding_attention", "full_attention", "full_attention", "sliding_attention"],
                   "rope_parameters": {"full_attention": {"rope_type": "default", "rope_theta": 500.0},
                                       "sliding_attention": {"rope_type": "default", "rope_theta": 50.0}}},
}


def shapes(c):
    hidden, inner = c["hidden_size"], c["intermediate_size"]
    result = {"model.embeddings.tok_embeddings.weight": (c["vocab_size"], hidden), **norm_shapes("model.embeddings.norm", hidden, c["norm_bias"])}
    for i in range(c["num_hidden_layers"]):
        layer = f"model.layers.{i}"
        if i > 0:
            result.update(norm_shapes(f"{layer}.attn_norm", hidden, c["norm_bias"]))
        result.update(linear_shapes(f"{layer}.attn.Wqkv", 3 * hidden, hidden, c["attention_bias"]))
        result.update(linear_shapes(f"{layer}.attn.Wo", hidden, hidden, c["attention_bias"]))
        result.update(norm_shapes(f"{layer}.mlp_norm", hidden, c["norm_bias"]))
        result.update(linear_shapes(f"{layer}.mlp.Wi", 2 * inner, hidden, c["mlp_bias"]))
        result.update(linear_shapes(f"{layer}.mlp.Wo", hidden, inner, c["mlp_bias"]))
    return {**result, **norm_shapes("model.final_norm", hidden, c["norm_bias"])}


def encode(c, w, batch):
    epsilon, hidden = c["norm_eps"], c["hidden_size"]
    x = layer_norm(w, "model.embeddings.norm", w["model.embeddings.tok_embeddings.weight"][batch.ids], epsilon)
    for i in range(c["num_hidden_layers"]):
        layer, (local, theta) = f"model.layers.{i}", kind(c, i)
        ready = layer_norm(w, f"{layer}.attn_norm", x, epsilon) if i > 0 else x
        query, key, value = linear(w, f"{layer}.attn.Wqkv", ready).split(hidden, -1)
        query, key = (turn(part, c["num_attention_heads"], theta) for part in (query, key))
        mixed = attention(query, key, value, c["num_attention_heads"], visible(batch.mask, c["local_attention"] // 2 if local else None))
        x = x + linear(w, f"{layer}.attn.Wo", mixed)
        gate, up = linear(w, f"{layer}.mlp.Wi", layer_norm(w, f"{layer}.mlp_norm", x, epsilon)).split(c["intermediate_size"], -1)
        x = x + linear(w, f"{layer}.mlp.Wo", ACTIVATIONS[c["hidden_activation"]](gate) * up)
    return layer_norm(w, "model.final_norm", x, epsilon)


def kind(c, i):
    """Whether a layer is local, and its theta."""
    if "layer_types" in c:
        return c["layer_types"][i] == "sliding_attention", c["rope_parameters"][c["layer_types"][i]]["rope_theta"]
    local = i % c["global_attn_every_n_layers"] != 0
    return local, c["local_rope_theta"] if local else c["global_rope_theta"]


def turn(x, heads, theta):
    """Every pair of columns i and i + size / 2 of a head, as a complex number, times exp(i position / theta^(2 i / size))."""
    size = x.shape[-1] // heads
    columns = list(x.unbind(-1))
    for head in range(heads):
        for i in range(size // 2):
            a, b = head * size + i, head * size + i + size // 2
            angle = torch.arange(x.shape[1], dtype=torch.float64) / theta ** (2 * i / size)
            turned = torch.complex(columns[a], columns[b]) * torch.exp(1j * angle)
            columns[a], columns[b] = turned.real, turned.imag
    return torch.stack(columns, -1)


def visible(mask, radius):
    """Where a query may see a key that is a token and, with a radius, no farther away than that. Queries at padding mean
    nothing, and see all so that they have something to see."""
    length = mask.shape[1]
    allowed = mask[:, None, :].repeat(1, length, 1)
    for query in range(length):
        for key in range(length):
            if radius is not None and abs(query - key) > radius:
                allowed[:, query, key] = False
    allowed[~mask] = True
    return allowed


def heads(c):
    hidden, labels, biased = c["hidden_size"], len(c["id2label"]), c["classifier_bias"]
    transform = {**linear_shapes("head.dense", hidden, hidden, biased), **norm_shapes("head.norm", hidden, c["norm_bias"])}

    def mapped(w, x):
        return layer_norm(w, "head.norm", ACTIVATIONS[c["classifier_activation"]](linear(w, "head.dense", x)), c["norm_eps"])

    def pool(x, batch):
        if c["classifier_pooling"] == "cls":
            return x[:, 0]
        return torch.stack([row[mask].mean(0) for row, mask in zip(x, batch.mask)])

    def scored(outputs, of):
        return Head({**transform, **linear_shapes("classifier", outputs, hidden)}, lambda w, x, batch: linear(w, "classifier", mapped(w, of(x, batch))))

    choice = scored(1, pool)
    return {
        "SequenceClassification": scored(labels, pool),
        "TokenClassification": scored(labels, lambda x, batch: x),
        "SpanExtraction": scored(2, lambda x, batch: x),
        "MultipleChoice": Head(choice.shapes, lambda w, x, batch: choice.output(w, x, batch)[:, 0]),
        "MaskedLanguageModel": Head(
            {**transform, "decoder.bias": (c["vocab_size"],)},
            lambda w, x, batch: mapped(w, x) @ w["model.embeddings.tok_embeddings.weight"].T + w["decoder.bias"],
            {"decoder.weight": "model.embeddings.tok_embeddings.weight"}),
    }
