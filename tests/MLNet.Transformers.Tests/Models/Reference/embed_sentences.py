"""Reads a folder of sentence-transformers around a BERT, by its published layout, and embeds sentences with it.

    python3 embed_sentences.py FOLDER SENTENCES

SENTENCES is a JSON file with one list of token ids a sentence; one vector a sentence is printed.
"""
import json
import os
import sys

import torch

import bert
import tensor_files
from layers import layer_norm, linear
from reference import Batch

ACTIVATIONS = {"Identity": lambda x: x, "Tanh": torch.tanh, "ReLU": torch.relu, "GELU": torch.nn.functional.gelu,
               "SiLU": torch.nn.functional.silu, "Sigmoid": torch.sigmoid}


def load(folder, name):
    with open(os.path.join(folder, name)) as file:
        return json.load(file)


def weights_of(folder):
    return {name: tensor.double() for name, tensor in tensor_files.read(os.path.join(folder, "model.safetensors")).items()}


def pool(config, states, mask):
    """The chosen poolings side by side, in the order in which sentence-transformers joins them."""
    shown = mask[:, :, None].double()
    places = shown * torch.arange(1, mask.shape[1] + 1)[None, :, None]
    last = mask.sum(1) - 1
    vectors = {
        "cls_token": lambda: states[:, 0],
        "max_tokens": lambda: states.masked_fill(~mask[:, :, None], float("-inf")).max(1).values,
        "mean_tokens": lambda: (states * shown).sum(1) / shown.sum(1),
        "mean_sqrt_len_tokens": lambda: (states * shown).sum(1) / shown.sum(1).sqrt(),
        "weightedmean_tokens": lambda: (states * places).sum(1) / places.sum(1),
        "lasttoken": lambda: states[torch.arange(len(last)), last],
    }
    return torch.cat([vector() for name, vector in vectors.items() if config["pooling_mode_" + name]], 1)


def embed(root, ids):
    longest = max(map(len, ids))
    mask = torch.tensor([[place < len(row) for place in range(longest)] for row in ids])
    batch = Batch(torch.tensor([row + [0] * (longest - len(row)) for row in ids]), torch.zeros_like(mask, dtype=torch.long), mask)
    x = None
    for module in load(root, "modules.json"):
        folder, kind = os.path.join(root, module["path"]), module["type"].split(".")[-1]
        if kind == "Transformer":
            x = bert.encode(load(folder, "config.json"), weights_of(folder), batch)
        elif kind == "Pooling":
            x = pool(load(folder, "config.json"), x, mask)
        elif kind == "Dense":
            config = load(folder, "config.json")
            w = weights_of(folder)
            assert w["linear.weight"].shape == (config["out_features"], config["in_features"])
            x = ACTIVATIONS[config["activation_function"].split(".")[-1]](linear(w, "linear", x))
        elif kind == "LayerNorm":
            assert load(folder, "config.json")["dimension"] == x.shape[1]
            x = layer_norm(weights_of(folder), "norm", x, 1e-5)
        else:
            assert kind == "Normalize", kind
            x = x / x.norm(dim=1, keepdim=True)
    return x


with open(sys.argv[2]) as file:
    print(json.dumps(embed(sys.argv[1], json.load(file)).tolist()))
