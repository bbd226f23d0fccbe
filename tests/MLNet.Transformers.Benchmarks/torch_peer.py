"""The peer: BERT-shaped encoders in plain PyTorch, timed on request.

Reads one request a line, {"work": ..., ...}, and answers with one line of JSON. It is started with OMP_WAIT_POLICY=passive
and told its number of threads, the settings with which it is fastest on a CPU. Two common ways to write the encoder are
offered, so that the comparison can be with the faster one: "layers" writes attention out in separate maps, as most model
repositories do, "builtin" uses torch.nn.TransformerEncoder with its fused paths.
"""
import json
import sys
import time
import torch
from torch import nn
from torch.nn import functional as F

import image_peer


class Layer(nn.Module):
    def __init__(self, hidden, heads, inner, dropout):
        super().__init__()
        self.heads, self.dropout = heads, dropout
        self.query, self.key, self.value, self.output = (nn.Linear(hidden, hidden) for _ in range(4))
        self.up, self.down = nn.Linear(hidden, inner), nn.Linear(inner, hidden)
        self.first, self.second = nn.LayerNorm(hidden), nn.LayerNorm(hidden)

    def forward(self, x, bias=None):
        batch, length, hidden = x.shape
        q, k, v = (m(x).view(batch, length, self.heads, -1).transpose(1, 2) for m in (self.query, self.key, self.value))
        scores = q @ k.transpose(2, 3) / (hidden // self.heads) ** 0.5
        weights = (scores if bias is None else scores + bias).softmax(-1)
        attended = (F.dropout(weights, self.dropout, self.training) @ v).transpose(1, 2).reshape(batch, length, hidden)
        x = self.first(x + F.dropout(self.output(attended), self.dropout, self.training))
        return self.second(x + F.dropout(self.down(F.gelu(self.up(x))), self.dropout, self.training))


class Classifier(nn.Module):
    def __init__(self, style, vocabulary, hidden, layers, heads, inner, length, dropout, labels):
        super().__init__()
        self.tokens, self.positions, self.types = nn.Embedding(vocabulary, hidden), nn.Embedding(length, hidden), nn.Embedding(2, hidden)
        self.norm, self.dropout = nn.LayerNorm(hidden), nn.Dropout(dropout)
        if style == "builtin":
            layer = nn.TransformerEncoderLayer(hidden, heads, inner, dropout, F.gelu, batch_first=True)
            self.layers = nn.TransformerEncoder(layer, layers)
        else:
            self.layers = nn.ModuleList(Layer(hidden, heads, inner, dropout) for _ in range(layers))
        self.dense, self.classifier = nn.Linear(hidden, hidden), nn.Linear(hidden, labels)

    def states(self, ids, mask=None):
        """Mask: 1 where there is a token; None where there is no padding."""
        x = self.tokens(ids) + self.positions.weight[:ids.shape[1]] + self.types.weight[0]
        x = self.dropout(self.norm(x))
        if isinstance(self.layers, nn.TransformerEncoder):
            return self.layers(x, src_key_padding_mask=None if mask is None else mask == 0)
        bias = None if mask is None else (1 - mask[:, None, None, :]) * torch.finfo(torch.float32).min
        for layer in self.layers:
            x = layer(x, bias)
        return x

    def forward(self, ids, mask=None):
        return self.classifier(self.dropout(torch.tanh(self.dense(self.states(ids, mask)[:, 0]))))


class MeanEmbedding(nn.Module):
    def __init__(self, model):
        super().__init__()
        self.model = model

    def forward(self, ids, mask):
        return (self.model.states(ids, mask) * mask[:, :, None]).sum(1) / mask.sum(1, keepdim=True)


def timed(work, seconds):
    """Seconds of each call, for about so many seconds."""
    times = []
    end = time.perf_counter() + seconds
    while not times or time.perf_counter() < end:
        start = clock()
        work()
        times.append(clock() - start)
    return times


models = {}


def prepare(request):
    key = json.dumps(request["model"])
    if key not in models:
        models.clear()
        model = Classifier(**request["model"])
        models[key] = model, torch.optim.AdamW(model.parameters(), 1e-5, weight_decay=0.01, foreach=request.get("foreach", False))
    model, optimizer = models[key]
    batch, length = request["batch"]
    ids = torch.randint(0, request["model"]["vocabulary"], (batch, length))
    labels = torch.randint(0, request["model"]["labels"], (batch,))
    return model, optimizer, ids, labels


def evaluate(request):
    model, _, ids, _ = prepare(request)
    model.eval()
    with torch.inference_mode():
        return timed(lambda: model(ids), request["seconds"])


def train(request):
    model, optimizer, ids, labels = prepare(request)
    model.train()

    def step():
        optimizer.zero_grad(set_to_none=True)
        F.cross_entropy(model(ids), labels).backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()

    return timed(step, request["seconds"])


def train_ragged(request):
    """Seconds of an epoch over batches that are given as the lengths of their rows, each padded to the width given with it."""
    model, optimizer, _, _ = prepare(request)
    model.train()
    batches = []
    for plan in request["batches"]:
        lengths, width = torch.tensor(plan["lengths"]), plan["width"]
        ids = torch.randint(1, request["model"]["vocabulary"], (len(lengths), width))
        mask = (torch.arange(width) < lengths[:, None]).float()
        batches.append((ids, None if mask.all() else mask, torch.randint(0, request["model"]["labels"], (len(lengths),))))

    def epoch():
        for ids, mask, labels in batches:
            optimizer.zero_grad(set_to_none=True)
            F.cross_entropy(model(ids, mask), labels).backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()

    return timed(epoch, request["seconds"])


def export(request):
    """Writes the model's mean embedding as ONNX, and its weights as safetensors under BERT's published names."""
    model, _, _, _ = prepare(request)
    model.eval()
    example = torch.ones(2, 8, dtype=torch.long), torch.ones(2, 8)
    axes = {0: "batch", 1: "length"}
    torch.onnx.export(
        MeanEmbedding(model), example, request["onnx"], opset_version=17, input_names=["ids", "mask"], output_names=["output"],
        dynamic_axes={"ids": axes, "mask": axes, "output": {0: "batch"}})
    names = {"tokens": "embeddings.word_embeddings", "positions": "embeddings.position_embeddings", "types": "embeddings.token_type_embeddings",
             "norm": "embeddings.LayerNorm", "dense": "pooler.dense"}
    parts = {"query": "attention.self.query", "key": "attention.self.key", "value": "attention.self.value", "output": "attention.output.dense",
             "first": "attention.output.LayerNorm", "up": "intermediate.dense", "down": "output.dense", "second": "output.LayerNorm"}
    header, data = {}, b""
    for name, tensor in model.state_dict().items():
        path = name.split(".")
        if path[0] == "classifier":
            continue
        theirs = f"encoder.layer.{path[1]}.{parts[path[2]]}" if path[0] == "layers" else names[path[0]]
        values = tensor.numpy().tobytes()
        header[f"bert.{theirs}.{path[-1]}"] = {"dtype": "F32", "shape": list(tensor.shape), "data_offsets": [len(data), len(data) + len(values)]}
        data += values
    text = json.dumps(header).encode()
    with open(request["safetensors"], "wb") as file:
        file.write(len(text).to_bytes(8, "little") + text + data)
    return []


class Decoder(nn.Module):
    """GPT-2's shape. "builtin" attends with PyTorch's own composite kernel, "layers" with two products and a softmax."""

    def __init__(self, style, vocabulary, hidden, layers, heads, length):
        super().__init__()
        self.style, self.heads = style, heads
        self.tokens, self.positions, self.norm = nn.Embedding(vocabulary, hidden), nn.Embedding(length, hidden), nn.LayerNorm(hidden)
        self.layers = nn.ModuleList(nn.ModuleDict({
            "first": nn.LayerNorm(hidden), "packed": nn.Linear(hidden, 3 * hidden), "output": nn.Linear(hidden, hidden),
            "second": nn.LayerNorm(hidden), "up": nn.Linear(hidden, 4 * hidden), "down": nn.Linear(4 * hidden, hidden)}) for _ in range(layers))
        for name, parameter in self.named_parameters():
            if parameter.dim() > 1:
                nn.init.normal_(parameter, std=0.02 / ((2 * layers) ** 0.5 if name.endswith(("output.weight", "down.weight")) else 1))
            elif name.endswith("bias"):
                nn.init.zeros_(parameter)
        self.register_buffer("bias", torch.full((length, length), float("-inf")).triu(1), persistent=False)

    def attend(self, q, k, v, bias):
        if self.style == "builtin":
            return F._scaled_dot_product_attention(q, k, v, bias, 0.0)[0]
        scores = q @ k.transpose(2, 3) * q.shape[-1] ** -0.5
        return (scores if bias is None else scores + bias).softmax(-1) @ v

    def forward(self, ids, cache=None, start=0):
        """The cache holds a pair of tensors a layer, as long as the text will be, which new keys and values are written into."""
        batch, length = ids.shape
        end = start + length
        x = self.tokens(ids) + self.positions.weight[start:end]
        bias = None if length == 1 else self.bias[start:end, :end]
        for index, layer in enumerate(self.layers):
            q, k, v = layer["packed"](layer["first"](x)).view(batch, length, 3, self.heads, -1).permute(2, 0, 3, 1, 4)
            if cache is not None:
                keys, values = cache[index]
                keys[:, :, start:end], values[:, :, start:end] = k, v
                k, v = keys[:, :, :end], values[:, :, :end]
            x = x + layer["output"](self.attend(q, k, v, bias).transpose(1, 2).reshape(batch, length, -1))
            x = x + layer["down"](F.gelu(layer["up"](layer["second"](x))))
        return self.norm(x) @ self.tokens.weight.T if cache is None else self.norm(x[:, -1]) @ self.tokens.weight.T


decoders = {}


def decoder(request):
    key = json.dumps([request["model"], request.get("foreach", False)])
    if key not in decoders:
        decoders.clear()
        model = Decoder(**request["model"])
        decoders[key] = model, torch.optim.AdamW(model.parameters(), 1e-3, (0.9, 0.99), weight_decay=0.1, foreach=request.get("foreach", False))
    return decoders[key]


def train_decoder(request):
    """Seconds of so many steps on windows of a random text."""
    model, optimizer = decoder(request)
    model.train()
    batch, length = request["batch"]
    text = torch.randint(0, request["model"]["vocabulary"], (100000,))

    def steps():
        for _ in range(request["steps"]):
            places = torch.randint(0, len(text) - length - 1, (batch, 1)) + torch.arange(length + 1)
            ids = text[places]
            optimizer.zero_grad(set_to_none=True)
            F.cross_entropy(model(ids[:, :-1]).flatten(0, 1), ids[:, 1:].flatten()).backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()

    return timed(steps, request["seconds"])


def generate(request):
    """Seconds of continuing a text by so many tokens, the likeliest each time."""
    model, _ = decoder(request)
    model.eval()
    prompt = torch.tensor([request["prompt"]])
    width = request["model"]["hidden"] // model.heads

    def text():
        total = len(request["prompt"]) + request["tokens"]
        cache = [(torch.empty(1, model.heads, total, width), torch.empty(1, model.heads, total, width)) for _ in model.layers]
        ids, start = prompt, 0
        for _ in range(request["tokens"]):
            following = model(ids, cache, start).argmax(-1, keepdim=True)
            ids, start = following, start + ids.shape[1]
            following.item()

    with torch.inference_mode():
        return timed(text, request["seconds"])


def read(request):
    """Seconds of reading so many floats."""
    values = torch.ones(request["elements"])
    return timed(lambda: values.sum(), request["seconds"])


def dropout(request):
    x = torch.ones(request["elements"])
    return timed(lambda: F.dropout(x, 0.1, True), request["seconds"])


def add(request):
    a, b = torch.ones(4), torch.ones(4)

    def thousand():
        for _ in range(1000):
            torch.add(a, b)

    return [t / 1000 for t in timed(thousand, request["seconds"])]


work = {"train_images": lambda request: image_peer.train(request, timed), "train_decoder": train_decoder, "generate": generate, "read": read, "evaluate": evaluate, "train": train, "train_ragged": train_ragged, "export": export, "dropout": dropout, "add": add}
torch.set_num_threads(int(sys.argv[1]))
clock = time.process_time if sys.argv[2] == "cpu" else time.perf_counter
print(json.dumps({"version": torch.__version__}), flush=True)
for line in sys.stdin:
    request = json.loads(line)
    print(json.dumps({"times": work[request["work"]](request)}), flush=True)
