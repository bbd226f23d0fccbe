"""Turns a folder with a model.safetensors into what older tools saved: three folders with the same model.

    python3 convert_to_torch.py FOLDER TARGET

TARGET gets zip and legacy with a pytorch_model.bin each, and sharded with two files and a pytorch_model.bin.index.json.
"""
import json
import os
import shutil
import sys

import torch

import tensor_files

source, target = sys.argv[1:]
tensors = tensor_files.read(os.path.join(source, "model.safetensors"))
for layout in ("zip", "legacy", "sharded"):
    os.makedirs(os.path.join(target, layout))
    shutil.copy(os.path.join(source, "config.json"), os.path.join(target, layout))
torch.save(tensors, os.path.join(target, "zip", "pytorch_model.bin"))
torch.save(tensors, os.path.join(target, "legacy", "pytorch_model.bin"), _use_new_zipfile_serialization=False)
names, weight_map = sorted(tensors), {}
for i in range(2):
    file = f"pytorch_model-{i + 1:05}-of-00002.bin"
    torch.save({name: tensors[name] for name in names[i::2]}, os.path.join(target, "sharded", file))
    weight_map.update((name, file) for name in names[i::2])
with open(os.path.join(target, "sharded", "pytorch_model.bin.index.json"), "w") as file:
    json.dump({"metadata": {"total_size": sum(4 * tensor.numel() for tensor in tensors.values())}, "weight_map": weight_map}, file)
