"""Reads a folder of sharded safetensors into PyTorch by its index and prints what it holds, as read_tensors.py does.

    python3 read_shards.py FOLDER
"""
import json
import os
import sys

import tensor_files

with open(os.path.join(sys.argv[1], "model.safetensors.index.json")) as file:
    index = json.load(file)
assert set(index) == {"metadata", "weight_map"}
shards = {name: tensor_files.read(os.path.join(sys.argv[1], name)) for name in sorted(set(index["weight_map"].values()))}
count = len(shards)
assert list(shards) == [f"model-{i + 1:05}-of-{count:05}.safetensors" for i in range(count)], list(shards)
assert {name: file for file, shard in shards.items() for name in shard} == index["weight_map"]
tensors = {name: tensor for shard in shards.values() for name, tensor in shard.items()}
assert index["metadata"]["total_size"] == sum(tensor.numel() * tensor.element_size() for tensor in tensors.values())
print(json.dumps({name: {"type": str(tensor.dtype), "shape": list(tensor.shape), "values": tensor.double().flatten().tolist()}
                  for name, tensor in tensors.items()}))
