#!/usr/bin/python3
"""Writes torch.json: what PyTorch itself (Debian's python3-torch, 1.13.1) makes of each case of GoldenTests.cs.

A case is a name, inputs, and a function of them; stored are the inputs, the outputs and, where there are any, the
gradients of the first output's elements weighted 1, 1.1, 1.2, … with respect to every floating-point input.
Run it again after adding a case here; the C# of the same name goes to GoldenTests.cs.
"""
import json
import pathlib

import torch
import torch.nn.functional as F

torch.manual_seed(20240501)
cases = {}


def real(*shape, low=None):
    """Normal values of three decimals; above `low` if given."""
    values = torch.round(torch.randn(*shape, dtype=torch.float64) * 1000) / 1000
    return values if low is None else values.abs() + low


def whole(high, *shape):
    return torch.randint(0, high, shape)


def mask(*shape):
    return torch.rand(*shape) > 0.4


def stored(tensor):
    if tensor.is_complex():
        tensor = torch.view_as_real(tensor)
    return {"dtype": str(tensor.dtype)[6:], "shape": list(tensor.shape), "values": tensor.detach().flatten().tolist()}


def case(name, function, *inputs):
    assert name not in cases, name
    leaves = [x.clone().requires_grad_() if x.is_floating_point() else x for x in inputs]
    outputs = function(*leaves)
    outputs = [outputs] if isinstance(outputs, torch.Tensor) else list(outputs)
    gradients = []
    if outputs[0].requires_grad:
        first = outputs[0]
        first = torch.view_as_real(first) if first.is_complex() else first
        weights = (1 + torch.arange(first.numel(), dtype=first.dtype) * 0.1).view(first.shape)
        (first * weights).sum().backward()
        gradients = [None if not x.is_floating_point() or x.grad is None else stored(x.grad) for x in leaves]
    cases[name] = {"inputs": [stored(x) for x in inputs], "outputs": [stored(x) for x in outputs], "gradients": gradients}


# Arithmetic
case("add", lambda a, b: a + b, real(3, 4), real(4))
case("add alpha", lambda a, b: a.add(b, alpha=2.5), real(3, 4), real(3, 1))
case("subtract from number", lambda a: 1.5 - a, real(5))
case("multiply", lambda a, b: a * b, real(2, 3), real(2, 1))
case("divide", lambda a, b: a / b, real(2, 3), real(2, 3, low=0.5))
case("divide number", lambda a: 2 / a, real(4, low=0.5))
case("floor divide", lambda a, b: torch.div(a, b, rounding_mode="floor"), whole(50, 6), whole(7, 6) + 1)
case("remainder", lambda a, b: a % b, real(6), real(6, low=0.5))
case("power", lambda a: a ** 3, real(5))
case("power of tensors", lambda a, b: a ** b, real(5, low=0.2), real(5))
case("addcmul", lambda a, b, c: torch.addcmul(a, b, c, value=0.3), real(4), real(4), real(4))
case("addcdiv", lambda a, b, c: torch.addcdiv(a, b, c, value=0.3), real(4), real(4), real(4, low=0.5))
case("lerp", lambda a, b, w: torch.lerp(a, b, w), real(4), real(4), real(4))
case("negate", lambda a: -a, real(4))

# Functions of one element
for name in "exp log sqrt rsqrt log1p log2 log10 reciprocal square lgamma digamma".split():
    case(name, getattr(torch, name), real(6, low=0.1))
for name in "sin cos tan tanh sigmoid sinh cosh atan asinh erf erfc expm1 abs exp2 sinc".split():
    case(name, getattr(torch, name), real(6))
for name in "floor ceil round trunc frac sign".split():
    case(name, getattr(torch, name), real(6) * 3)
case("atan2", torch.atan2, real(5), real(5))
case("clamp", lambda a: a.clamp(-0.5, 0.7), real(8))
case("clamp below", lambda a: a.clamp(min=0.1), real(8))
case("nan to num", lambda a: torch.nan_to_num(torch.log(a.detach()), nan=7.0, neginf=-5.0), torch.tensor([0.0, -1.0, 2.0], dtype=torch.float64))

# Activations
case("relu", F.relu, real(6))
case("leaky relu", lambda a: F.leaky_relu(a, 0.2), real(6))
case("gelu", F.gelu, real(6))
case("silu", F.silu, real(6))
case("mish", F.mish, real(6))
case("elu", lambda a: F.elu(a, 0.7), real(6))
case("selu", F.selu, real(6))
case("softplus", lambda a: F.softplus(a, beta=2), real(6))
case("hardswish", F.hardswish, real(6) * 3)
case("hardtanh", lambda a: F.hardtanh(a, -0.5, 0.5), real(6))
case("glu", lambda a: F.glu(a, -1), real(2, 6))
case("log sigmoid", F.logsigmoid, real(6))
case("softmax", lambda a: a.softmax(-1), real(2, 3, 4))
case("softmax over the middle", lambda a: a.softmax(1), real(2, 3, 4))
case("log softmax", lambda a: a.log_softmax(-1), real(3, 4))

# Comparison
case("less", lambda a, b: a < b, real(6), real(6))
case("equal to number", lambda a: a == 2, whole(4, 8))
case("number greater", lambda a: 0.1 > a, real(6))
case("logical", lambda a, b: torch.logical_and(a, ~b) | torch.logical_xor(a, b), mask(8), mask(8))
case("maximum", torch.maximum, real(5), real(5))
case("isin", torch.isin, whole(9, 8), whole(9, 3))

# Reduction
case("sum", lambda a: a.sum(), real(3, 4))
case("sum over two", lambda a: a.sum(dim=[0, 2], keepdim=True), real(2, 3, 4))
case("mean", lambda a: a.mean(), real(3, 4))
case("mean over last", lambda a: a.mean(dim=[-1], keepdim=True), real(3, 4))
case("product", lambda a: a.prod(1), real(3, 4))
case("deviation", lambda a: a.std(1), real(3, 4))
case("biased variance", lambda a: a.var(0, unbiased=False, keepdim=True), real(3, 4))
case("variance and mean", lambda a: torch.var_mean(a, [0], unbiased=False), real(3, 4))
case("norm", lambda a: a.norm(), real(3, 4))
case("norm over dim", lambda a: a.norm(p=1, dim=1), real(3, 4))
case("max over dim", lambda a: a.max(1), real(3, 4))
case("min over dim", lambda a: a.min(0, keepdim=True), real(3, 4))
case("amax", lambda a: a.amax([0, 1]), real(2, 3, 4))
case("argmax", lambda a: a.argmax(1), real(3, 4))
case("topk", lambda a: a.topk(2, 1), real(3, 5))
case("sort", lambda a: a.sort(1, descending=True), real(3, 5))
case("argsort", lambda a: a.argsort(), real(6))
case("logsumexp", lambda a: a.logsumexp(1), real(3, 4))
case("cumsum", lambda a: a.cumsum(1), real(3, 4))
case("cumprod", lambda a: a.cumprod(0), real(3, 4))
case("any all", lambda a: (a.any(1), a.all(0)), mask(3, 4))
case("median", lambda a: a.median(), real(7))
case("quantile", lambda a, q: a.quantile(q, 1), real(3, 5), torch.tensor([0.25, 0.9], dtype=torch.float64))
case("unique", lambda a: torch.unique(a, return_inverse=True, return_counts=True), whole(5, 12))
case("unique rows", lambda a: torch.unique(a, dim=0), whole(2, 6, 2))
case("bincount", lambda a: torch.bincount(a, minlength=8), whole(6, 12))
case("diff", lambda a: a.diff(), real(5))
case("bucketize", lambda a, b: torch.bucketize(a, b), real(6), torch.tensor([-1.0, 0.0, 1.0], dtype=torch.float64))
case("count nonzero", lambda a: a.count_nonzero(), whole(2, 3, 4))

# Shape
case("view", lambda a: a.view(2, -1), real(3, 4))
case("transpose", lambda a: a.transpose(0, 2), real(2, 3, 4))
case("permute", lambda a: a.permute(2, 0, 1), real(2, 3, 4))
case("flatten", lambda a: a.flatten(1), real(2, 3, 4))
case("unflatten", lambda a: a.unflatten(1, (2, 3)), real(2, 6))
case("squeeze", lambda a: a.squeeze(1).unsqueeze(-1), real(2, 1, 3))
case("expand", lambda a: a.expand(2, 3, 4), real(3, 1))
case("repeat", lambda a: a.repeat(2, 2), real(2, 3))
case("repeat interleave", lambda a: a.repeat_interleave(2, 1), real(2, 3))
case("flip", lambda a: a.flip(0, 1), real(2, 3))
case("roll", lambda a: a.roll([1, -1], [0, 1]), real(3, 4))
case("tril", lambda a: a.tril(-1), real(4, 4))
case("triu", lambda a: a.triu(1), real(3, 4))
case("diagonal", lambda a: a.diagonal(1), real(3, 4))
case("split", lambda a: a.split(2, 1), real(2, 5))
case("split sizes", lambda a: a.split([1, 3, 1], 1), real(2, 5))
case("chunk", lambda a: a.chunk(3), real(5, 2))
case("unbind", lambda a: a.unbind(1), real(2, 3))
case("unfold", lambda a: a.unfold(1, 3, 2), real(2, 7))
case("cat", lambda a, b: torch.cat([a, b], 1), real(2, 3), real(2, 2))
case("stack", lambda a, b: torch.stack([a, b], 1), real(2, 3), real(2, 3))
case("meshgrid", lambda a, b: torch.meshgrid(a, b, indexing="ij"), real(2), real(3))
case("movedim", lambda a: a.movedim(0, 2), real(2, 3, 4))

# Indexing
case("select", lambda a: a[1], real(3, 4))
case("slice", lambda a: a[1:, ::2], real(3, 5))
case("last but one", lambda a: a[..., -2], real(2, 3, 4))
case("new dimension", lambda a: a[:, None, 1], real(2, 3))
case("ellipsis between", lambda a: a[0, ..., 1:3], real(2, 3, 4, 5))
case("index by tensor", lambda a, i: a[i], real(4, 3), whole(4, 2, 2))
case("index by two tensors", lambda a, i, j: a[i, :, j], real(3, 2, 4), whole(3, 5), whole(4, 5))
case("index by mask", lambda a, m: a[m], real(3, 4), mask(3, 4))
case("slice then tensor", lambda a, i: a[1:, i], real(3, 4), whole(4, 2))
case("gather", lambda a, i: a.gather(1, i), real(3, 4), whole(4, 3, 2))
case("index select", lambda a, i: a.index_select(1, i), real(3, 4), whole(4, 3))
case("scatter", lambda a, i, s: a.scatter(1, i, s), real(2, 5), torch.tensor([[0, 2, 4], [1, 3, 0]]), real(2, 3))
case("scatter add", lambda a, i, s: a.scatter_add(0, i, s), real(3, 2), whole(3, 4, 2), real(4, 2))
case("index add", lambda a, i, s: a.index_add(0, i, s, alpha=2), real(3, 2), whole(3, 4), real(4, 2))
case("masked fill", lambda a, m: a.masked_fill(m, -7), real(3, 4), mask(3, 4))
case("masked select", lambda a, m: a.masked_select(m), real(3, 4), mask(3, 4))
case("where", torch.where, mask(3, 4), real(3, 4), real(4))
case("nonzero", lambda a: a.nonzero(), whole(2, 3, 4))
case("take along", lambda a, i: a.take_along_dim(i, 1), real(3, 4), whole(4, 3, 1))


def put(a, v):
    b = a.clone()
    b[1, 1:] = v
    b[0] = 9
    return b


def put_mask(a, m):
    b = a.clone()
    b[m] = 0.5
    return b


case("assign", put, real(3, 4), real(3))
case("assign by mask", put_mask, real(3, 4), mask(3, 4))

# Products
case("matmul", torch.matmul, real(2, 3, 4), real(4, 5))
case("bmm", torch.bmm, real(2, 3, 4), real(2, 4, 2))
case("matrix and vector", torch.mv, real(3, 4), real(4))
case("dot", torch.dot, real(4), real(4))
case("outer", torch.outer, real(3), real(4))
case("addmm", lambda a, b, c: torch.addmm(a, b, c, beta=0.5, alpha=2), real(3, 2), real(3, 4), real(4, 2))
case("baddbmm", lambda a, b, c: torch.baddbmm(a, b, c, beta=0.5, alpha=2), real(2, 3, 2), real(2, 3, 4), real(2, 4, 2))
case("einsum", lambda a, b: torch.einsum("bij,bkj->bik", a, b), real(2, 3, 4), real(2, 5, 4))
case("tensordot", lambda a, b: torch.tensordot(a, b, dims=2), real(2, 3, 4), real(3, 4, 2))
case("cdist", torch.cdist, real(3, 4), real(2, 4))
case("inverse", torch.linalg.inv, real(3, 3) + 3 * torch.eye(3, dtype=torch.float64))
case("determinant", torch.linalg.det, real(3, 3))
case("solve", torch.linalg.solve, real(3, 3) + 3 * torch.eye(3, dtype=torch.float64), real(3, 2))
case("singular values", torch.linalg.svdvals, real(3, 4))
case("vector norm", lambda a: torch.linalg.vector_norm(a, 3, dim=[1]), real(3, 4))

# Layers
case("linear", F.linear, real(2, 3, 4), real(5, 4), real(5))
case("one hot", lambda i: F.one_hot(i, 5), whole(5, 2, 3))
case("layer norm", lambda a, w, b: F.layer_norm(a, [4], w, b, 1e-5), real(2, 3, 4), real(4), real(4))
case("group norm", lambda a, w, b: F.group_norm(a, 2, w, b), real(2, 4, 3), real(4), real(4))
case("batch norm", lambda a, m, v, w, b: F.batch_norm(a, m.detach(), v.detach(), w, b), real(3, 4, 2), real(4), real(4, low=0.5), real(4), real(4))
case("conv1d", lambda a, w, b: F.conv1d(a, w, b, stride=2, padding=1), real(2, 3, 8), real(4, 3, 3), real(4))
case("conv1d by groups", lambda a, w, b: F.conv1d(a, w, b, padding=1, dilation=2, groups=2), real(2, 4, 8), real(4, 2, 2), real(4))
case("conv1d same", lambda a, w: F.conv1d(a, w, padding="same"), real(1, 2, 6), real(3, 2, 3))
case("conv2d", lambda a, w, b: F.conv2d(a, w, b, stride=[2, 1], padding=[1, 0]), real(2, 3, 6, 5), real(4, 3, 3, 2), real(4))
case("transposed conv1d", lambda a, w, b: F.conv_transpose1d(a, w, b, stride=2, padding=1), real(2, 3, 5), real(3, 4, 3), real(4))
case("unfolded windows", lambda a: F.unfold(a, 2, stride=1), real(1, 2, 3, 4))
case("max pool", lambda a: F.max_pool2d(a, 2), real(1, 2, 4, 4))
case("average pool", lambda a: F.avg_pool2d(a, [2, 2], [1, 2]), real(1, 2, 4, 4))
case("adaptive pool", lambda a: F.adaptive_avg_pool2d(a, [2, 3]), real(1, 2, 5, 6))
case("pad", lambda a: F.pad(a, [1, 2, 0, 1], value=0.5), real(2, 3))
case("reflect", lambda a: F.pad(a, [2, 1], mode="reflect"), real(1, 2, 4))
case("bilinear", lambda a: F.interpolate(a, size=[5, 7], mode="bilinear", align_corners=False), real(1, 2, 3, 4))
case("bicubic", lambda a: F.interpolate(a, scale_factor=[2.0, 1.5], mode="bicubic", align_corners=False), real(1, 2, 4, 4))
case("antialiased", lambda a: F.interpolate(a, size=[2, 3], mode="bilinear", align_corners=False, antialias=True), real(1, 2, 6, 7))
case("nearest", lambda a: F.interpolate(a, scale_factor=2.0), real(1, 2, 3))
case("pixel shuffle", lambda a: F.pixel_shuffle(a, 2), real(1, 4, 2, 3))
case("cosine similarity", lambda a, b: F.cosine_similarity(a, b, -1), real(3, 4), real(3, 4))
case("normalize", lambda a: F.normalize(a, dim=-1), real(3, 4))

# Attention, from its definition: softmax(Q K^T / sqrt(d) + mask) V
def attention(q, k, v, allowed=None, bias=None):
    scores = q @ k.transpose(-2, -1) / q.shape[-1] ** 0.5
    if allowed is not None:
        scores = scores.masked_fill(~allowed, float("-inf"))
    if bias is not None:
        scores = scores + bias
    return scores.softmax(-1) @ v


visible = torch.ones(4, 4, dtype=torch.bool).tril()
padding = torch.tensor([[[[True, True, False, True]]], [[[True, False, False, True]]]])
case("attention", attention, real(2, 3, 4, 6), real(2, 3, 5, 6), real(2, 3, 5, 2))
case("attention causal", lambda q, k, v: attention(q, k, v, visible), real(2, 3, 4, 6), real(2, 3, 4, 6), real(2, 3, 4, 6))
case("attention masked", attention, real(2, 3, 4, 6), real(2, 3, 4, 6), real(2, 3, 4, 6), padding)
case("attention biased", lambda q, k, v, b: attention(q, k, v, None, b), real(2, 3, 4, 6), real(2, 3, 4, 6), real(2, 3, 4, 6), real(1, 3, 4, 4))

# Losses
case("cross entropy", lambda a, t: F.cross_entropy(a, t), real(4, 5), whole(5, 4))
case("cross entropy smoothed", lambda a, t, w: F.cross_entropy(a, t, w.detach(), label_smoothing=0.1), real(4, 5), whole(5, 4), real(5, low=0.5))
case("cross entropy ignoring", lambda a, t: F.cross_entropy(a, t, ignore_index=2, reduction="sum"), real(4, 5), torch.tensor([1, 2, 4, 2]))
case("cross entropy of soft targets", lambda a, t: F.cross_entropy(a, t.detach().softmax(-1)), real(4, 5), real(4, 5))
case("nll", lambda a, t: F.nll_loss(a.log_softmax(-1), t), real(4, 5), whole(5, 4))
case("mean square", F.mse_loss, real(3, 4), real(3, 4))
case("absolute", lambda a, b: F.l1_loss(a, b, reduction="none"), real(3, 4), real(3, 4))
case("smooth absolute", lambda a, b: F.smooth_l1_loss(a, b, beta=0.5), real(3, 4), real(3, 4))
case("huber", lambda a, b: F.huber_loss(a, b, delta=0.7), real(3, 4), real(3, 4))
case("binary logits", lambda a, t, w: F.binary_cross_entropy_with_logits(a, t.sigmoid().detach(), pos_weight=w.detach()), real(3, 4), real(3, 4), real(4, low=0.5))
case("divergence", lambda a, t: F.kl_div(a.log_softmax(-1), t.softmax(-1).detach(), reduction="sum"), real(3, 4), real(3, 4))
case("cosine embedding", lambda a, b: F.cosine_embedding_loss(a, b, torch.tensor([1, -1, 1]), margin=0.1), real(3, 4), real(3, 4))
case("triplet", lambda a, b, c: F.triplet_margin_loss(a, b, c), real(3, 4), real(3, 4), real(3, 4))

# Fourier
case("rfft", lambda a: torch.fft.rfft(a), real(2, 8))
case("irfft", lambda a: torch.fft.irfft(torch.fft.rfft(a), n=8, norm="backward"), real(2, 8))
case("fft", lambda a: torch.fft.fft(a, n=6, norm="ortho"), real(5))
case("stft", lambda a: torch.stft(a, 8, 4, window=torch.hann_window(8, dtype=torch.float64), return_complex=True), real(2, 32))

# Creation
case("arange", lambda: torch.arange(2, 11, 3))
case("arange of reals", lambda: torch.arange(0, 1, 0.3, dtype=torch.float64))
case("linspace", lambda: torch.linspace(-1, 2, 5, dtype=torch.float64))
case("eye", lambda: torch.eye(2, 3))
case("full", lambda: torch.full([2, 2], 3))
case("hann window", lambda: torch.hann_window(6, dtype=torch.float64))
case("lower indices", lambda: torch.tril_indices(3, 3))

def line(name):
    return f"{json.dumps(name)}: {json.dumps(cases[name], separators=(',', ':'))}"


path = pathlib.Path(__file__).with_name("torch.json")
path.write_text("{\n" + ",\n".join(map(line, cases)) + "\n}\n")
print(f"{len(cases)} cases, {path.stat().st_size >> 10} KiB")
