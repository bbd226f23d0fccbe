"""Makes a tiny XLNet and two texts of four segments, and computes each segment's states with a memory of the four positions before.

    python3 xlnet_memory.py FOLDER

FOLDER gets config.json and model.safetensors as published, and outputs.safetensors with ids.N, types.N and hidden.N of segment N.
"""
import json
import os
import sys

import torch

import tensor_files
import xlnet

torch.manual_seed(3)
config = {"model_type": "xlnet", **xlnet.TINY}
weights = {name: torch.randn(shape) * 0.4 for name, shape in xlnet.shapes(config).items()}
exact = {name: tensor.double() for name, tensor in weights.items()}
outputs, memories = {}, [None] * config["n_layer"]
for segment, length in enumerate([3, 5, 2, 4]):
    ids = torch.randint(6, config["vocab_size"], (2, length))
    types = torch.randint(0, 2, (2, length))
    hidden, memories = xlnet.recur(config, exact, ids, types, torch.ones_like(ids).bool(), memories, 4)
    outputs.update({f"ids.{segment}": ids, f"types.{segment}": types, f"hidden.{segment}": hidden})

folder = sys.argv[1]
with open(os.path.join(folder, "config.json"), "w") as file:
    json.dump(config, file)
tensor_files.write(os.path.join(folder, "model.safetensors"), weights)
tensor_files.write(os.path.join(folder, "outputs.safetensors"), outputs)
