"""The peer's vision transformers, in the ways in which they are usually written, so that the comparison can be with the fastest.

A request's "style" is how the layers are written: "layers" with three projections, two products and a softmax, "packed" with one
projection, "composite" with that and PyTorch's own composite attention, "builtin" with torch.nn.TransformerEncoder. Its "patches"
are cut by a "convolution", one on pixels "channels-last", or "unfolded" for one matrix product. "foreach" is AdamW's.
"""
import json

import torch
from torch import nn
from torch.nn import functional as F


class Layer(nn.Module):
    def __init__(self, style, hidden, heads, inner):
        super().__init__()
        self.style, self.heads = style, heads
        self.first, self.second = nn.LayerNorm(hidden, 1e-12), nn.LayerNorm(hidden, 1e-12)
        self.projections = nn.ModuleList(nn.Linear(hidden, hidden) for _ in range(3)) if style == "layers" else nn.Linear(hidden, 3 * hidden)
        self.output, self.up, self.down = nn.Linear(hidden, hidden), nn.Linear(hidden, inner), nn.Linear(inner, hidden)

    def attend(self, x):
        batch, length, hidden = x.shape
        if self.style == "layers":
            q, k, v = (m(x).view(batch, length, self.heads, -1).transpose(1, 2) for m in self.projections)
        else:
            q, k, v = self.projections(x).view(batch, length, 3, self.heads, -1).permute(2, 0, 3, 1, 4)
        if self.style == "composite":
            mixed = F._scaled_dot_product_attention(q, k, v, None, 0.0)[0]
        else:
            mixed = (q * (hidden // self.heads) ** -0.5 @ k.transpose(2, 3)).softmax(-1) @ v
        return self.output(mixed.transpose(1, 2).reshape(batch, length, hidden))

    def forward(self, x):
        x = x + self.attend(self.first(x))
        return x + self.down(F.gelu(self.up(self.second(x))))


class Classifier(nn.Module):
    def __init__(self, style, patches, image, patch, channels, hidden, layers, heads, inner, labels):
        super().__init__()
        self.patch, self.unfolds = patch, patches == "unfolded"
        self.projection = nn.Linear(channels * patch * patch, hidden) if self.unfolds else nn.Conv2d(channels, hidden, patch, patch)
        self.token = nn.Parameter(torch.zeros(1, 1, hidden))
        self.positions = nn.Parameter(torch.randn(1, 1 + (image // patch) ** 2, hidden) * 0.02)
        if style == "builtin":
            layer = nn.TransformerEncoderLayer(hidden, heads, inner, 0.0, F.gelu, 1e-12, batch_first=True, norm_first=True)
            self.layers = nn.TransformerEncoder(layer, layers)
        else:
            self.layers = nn.Sequential(*(Layer(style, hidden, heads, inner) for _ in range(layers)))
        self.norm, self.classifier = nn.LayerNorm(hidden, 1e-12), nn.Linear(hidden, labels)

    def embed(self, pixels):
        if not self.unfolds:
            return self.projection(pixels).flatten(2).transpose(1, 2)
        batch, channels, height, width = pixels.shape
        size = self.patch
        cut = pixels.view(batch, channels, height // size, size, width // size, size).permute(0, 2, 4, 1, 3, 5)
        return self.projection(cut.reshape(batch, -1, channels * size * size))

    def forward(self, pixels):
        x = self.embed(pixels)
        x = torch.cat([self.token.expand(len(x), -1, -1), x], 1) + self.positions
        return self.classifier(self.norm(self.layers(x))[:, 0])


models = {}


def train(request, timed):
    key = json.dumps([request["model"], request["foreach"]])
    if key not in models:
        models.clear()
        model = Classifier(**request["model"])
        models[key] = model, torch.optim.AdamW(model.parameters(), 1e-5, weight_decay=0.01, foreach=request["foreach"])
    model, optimizer = models[key]
    shape = request["model"]
    pixels = torch.randn(request["batch"], shape["channels"], shape["image"], shape["image"])
    if shape["patches"] == "channels-last":
        pixels = pixels.contiguous(memory_format=torch.channels_last)
        model.projection.to(memory_format=torch.channels_last)
    labels = torch.randint(0, shape["labels"], (request["batch"],))
    model.train()

    def step():
        optimizer.zero_grad(set_to_none=True)
        F.cross_entropy(model(pixels), labels).backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()

    return timed(step, request["seconds"])
