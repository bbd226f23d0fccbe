"""Makes the golden folder bert-tiny: a BERT of a few thousand random weights under the published names, and what it computes.

The model is written here from the paper (Devlin et al., 2019; Vaswani et al., 2017), the file by the published rules of
safetensors.  Run with a Python that has PyTorch (Debian: python3-torch):  python3 goldens.py
"""
import json
import math
import os
import struct
import torch
from torch import nn

torch.manual_seed(11)
VOCABULARY, HIDDEN, LAYERS, HEADS, INNER, LENGTH, TYPES, LABELS = 31, 12, 2, 3, 20, 10, 2, 4


class SelfAttention(nn.Module):
    def __init__(self):
        super().__init__()
        self.query, self.key, self.value = (nn.Linear(HIDDEN, HIDDEN) for _ in range(3))

    def forward(self, x, mask):
        batch, length, _ = x.shape
        q, k, v = (m(x).view(batch, length, HEADS, HIDDEN // HEADS).transpose(1, 2) for m in (self.query, self.key, self.value))
        scores = q @ k.transpose(2, 3) / math.sqrt(HIDDEN // HEADS)
        scores = scores.masked_fill(~mask[:, None, None, :], float("-inf"))
        return (scores.softmax(-1) @ v).transpose(1, 2).reshape(batch, length, HIDDEN)


def branch(**children):
    module = nn.Module()
    for name, child in children.items():
        module.add_module(name, child)
    return module


def norm():
    return nn.LayerNorm(HIDDEN, eps=1e-12)


class Layer(nn.Module):
    def __init__(self):
        super().__init__()
        self.attention = branch(self=SelfAttention(), output=branch(dense=nn.Linear(HIDDEN, HIDDEN), LayerNorm=norm()))
        self.intermediate = branch(dense=nn.Linear(HIDDEN, INNER))
        self.output = branch(dense=nn.Linear(INNER, HIDDEN), LayerNorm=norm())

    def forward(self, x, mask):
        attended = self.attention.output.dense(getattr(self.attention, "self")(x, mask))
        x = self.attention.output.LayerNorm(x + attended)
        inner = self.intermediate.dense(x)
        inner = inner * 0.5 * (1 + torch.erf(inner / math.sqrt(2)))
        return self.output.LayerNorm(x + self.output.dense(inner))


class Bert(nn.Module):
    def __init__(self):
        super().__init__()
        self.bert = branch(
            embeddings=branch(word_embeddings=nn.Embedding(VOCABULARY, HIDDEN), position_embeddings=nn.Embedding(LENGTH, HIDDEN),
                              token_type_embeddings=nn.Embedding(TYPES, HIDDEN), LayerNorm=norm()),
            encoder=branch(layer=nn.ModuleList(Layer() for _ in range(LAYERS))),
            pooler=branch(dense=nn.Linear(HIDDEN, HIDDEN)))
        self.classifier = nn.Linear(HIDDEN, LABELS)

    def forward(self, ids, types, mask):
        e = self.bert.embeddings
        x = e.LayerNorm(e.word_embeddings(ids) + e.position_embeddings.weight[:ids.shape[1]] + e.token_type_embeddings(types))
        for layer in self.bert.encoder.layer:
            x = layer(x, mask)
        pooled = torch.tanh(self.bert.pooler.dense(x[:, 0]))
        return x, self.classifier(pooled)


def write_safetensors(path, tensors):
    header, data = {"__metadata__": {"format": "pt"}}, b""
    for name, tensor in tensors.items():
        raw = tensor.detach().contiguous().numpy().tobytes()
        header[name] = {"dtype": "F32", "shape": list(tensor.shape), "data_offsets": [len(data), len(data) + len(raw)]}
        data += raw
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text + data)


model = Bert()
for parameter in model.parameters():
    nn.init.normal_(parameter, 0, 0.4)
lengths = [7, 4, 9]
ids = torch.randint(1, VOCABULARY, (3, 9))
types = (torch.arange(9)[None, :] >= torch.tensor([3, 4, 5])[:, None]).long()
mask = torch.arange(9)[None, :] < torch.tensor(lengths)[:, None]
hidden, scores = model(ids, types, mask)
labels = torch.tensor([2, 0, 3])
nn.functional.cross_entropy(scores, labels).backward()

os.makedirs("bert-tiny", exist_ok=True)
write_safetensors("bert-tiny/model.safetensors", dict(model.named_parameters()))
with open("bert-tiny/config.json", "w") as file:
    json.dump({
        "architectures": ["BertForSequenceClassification"], "model_type": "bert", "vocab_size": VOCABULARY, "hidden_size": HIDDEN,
        "num_hidden_layers": LAYERS, "num_attention_heads": HEADS, "intermediate_size": INNER, "max_position_embeddings": LENGTH,
        "type_vocab_size": TYPES, "hidden_act": "gelu", "hidden_dropout_prob": 0.1, "attention_probs_dropout_prob": 0.1,
        "layer_norm_eps": 1e-12, "pad_token_id": 0, "initializer_range": 0.02, "position_embedding_type": "absolute",
        "id2label": {"0": "a", "1": "b", "2": "c", "3": "d"}, "label2id": {"a": 0, "b": 1, "c": 2, "d": 3}}, file, indent=2)
with open("bert-tiny/outputs.json", "w") as file:
    json.dump({
        "ids": [row[:n] for row, n in zip(ids.tolist(), lengths)], "types": [row[:n] for row, n in zip(types.tolist(), lengths)],
        "labels": labels.tolist(), "hidden": [h[:n].flatten().tolist() for h, n in zip(hidden, lengths)], "scores": scores.tolist(),
        "gradients": {name: p.grad.flatten().tolist() for name, p in model.named_parameters()}}, file)
