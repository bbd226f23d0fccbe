"""Writes goldens.json: what PyTorch itself computes for the layers, losses, optimisers and schedulers of the stack.

Run with a Python that has PyTorch (Debian: python3-torch):  python3 goldens.py
"""
import json
import torch
from torch import nn

torch.manual_seed(7)
goldens = {}


def keep(case, **tensors):
    goldens[case] = {name: {"shape": list(t.shape), "values": t.detach().double().reshape(-1).tolist()} for name, t in tensors.items()}


def with_gradients(case, module, inputs, call=None):
    inputs = {name: t.clone().requires_grad_(t.is_floating_point()) for name, t in inputs.items()}
    output = (call or module)(*inputs.values())
    weight = torch.randn(output.shape)
    (output * weight).sum().backward()
    keep(case, **inputs, output=output, weight=weight,
         **{f"{name}.grad": t.grad for name, t in inputs.items() if t.grad is not None},
         **{f"module.{name}": p for name, p in module.named_parameters()},
         **{f"module.{name}.grad": p.grad for name, p in module.named_parameters()})


with_gradients("linear", nn.Linear(5, 3), {"input": torch.randn(2, 4, 5)})
with_gradients("linear without bias", nn.Linear(5, 3, bias=False), {"input": torch.randn(4, 5)})
norm = nn.LayerNorm(6, eps=1e-6)
nn.init.normal_(norm.weight), nn.init.normal_(norm.bias)
with_gradients("layer norm", norm, {"input": torch.randn(3, 2, 6)})
with_gradients("embedding", nn.Embedding(7, 4, padding_idx=2), {"ids": torch.tensor([[1, 2, 6], [6, 0, 2]])})
with_gradients("conv1d", nn.Conv1d(4, 6, 3, stride=2, padding=1, groups=2), {"input": torch.randn(2, 4, 9)})
with_gradients("conv2d", nn.Conv2d(3, 5, 2, stride=2, bias=False), {"input": torch.randn(2, 3, 4, 6)})
gru = nn.GRU(3, 4, num_layers=2, batch_first=True, bidirectional=True)
with_gradients("gru", gru, {"input": torch.randn(2, 5, 3)}, lambda x: gru(x)[0])
keep("gru last", output=gru(torch.tensor(goldens["gru"]["input"]["values"]).reshape(2, 5, 3))[1])
for name in ["GELU", "ReLU", "SiLU", "Tanh", "Sigmoid"]:
    with_gradients(name, getattr(nn, name)(), {"input": torch.randn(3, 5)})
with_gradients("Softmax", nn.Softmax(dim=1), {"input": torch.randn(3, 5)})
with_gradients("Sequential", nn.Sequential(nn.Linear(4, 6), nn.Tanh(), nn.Linear(6, 2)), {"input": torch.randn(3, 4)})


def loss(case, function, input, target, **options):
    input = input.clone().requires_grad_()
    value = function(input, target)
    value.sum().backward()
    keep(case, input=input, target=target, output=value, **{"input.grad": input.grad}, **options)


scores, labels = torch.randn(5, 4), torch.tensor([3, 0, 1, 3, 2])
weights = torch.tensor([1.0, 0.5, 2.0, 3.0])
loss("cross entropy", nn.CrossEntropyLoss(), scores, labels)
loss("cross entropy, weighted and smoothed", nn.CrossEntropyLoss(weight=weights, label_smoothing=0.1), scores, labels, weights=weights)
loss("cross entropy, ignoring 3, summed", nn.CrossEntropyLoss(ignore_index=3, reduction="sum"), scores, labels)
targets = torch.rand(5, 4).round()
loss("binary cross entropy", nn.BCEWithLogitsLoss(pos_weight=weights), scores, targets, weights=weights)
loss("mean squared error", nn.MSELoss(reduction="none"), scores, torch.randn(5, 4))

start, gradients = torch.randn(4, 3), torch.randn(6, 4, 3)


def steps(case, make):
    parameter = nn.Parameter(start.clone())
    optimizer = make([parameter])
    path = []
    for gradient in gradients:
        parameter.grad = gradient.clone()
        optimizer.step()
        path.append(parameter.detach().clone())
    keep(case, start=start, gradients=gradients, path=torch.stack(path))


steps("SGD", lambda p: torch.optim.SGD(p, 0.1))
steps("SGD, Nesterov", lambda p: torch.optim.SGD(p, 0.1, momentum=0.9, weight_decay=0.01, nesterov=True))
steps("SGD, damped", lambda p: torch.optim.SGD(p, 0.1, momentum=0.9, dampening=0.3))
steps("Adam", lambda p: torch.optim.Adam(p, 0.01, weight_decay=0.1))
steps("Adam, amsgrad", lambda p: torch.optim.Adam(p, 0.01, betas=(0.8, 0.95), amsgrad=True))
steps("AdamW", lambda p: torch.optim.AdamW(p, 0.01, weight_decay=0.1))
steps("AdamW, maximizing", lambda p: torch.optim.AdamW(p, 0.01, betas=(0.8, 0.95), eps=1e-6, weight_decay=0, maximize=True))

clipped = [nn.Parameter(torch.zeros(3, 2)), nn.Parameter(torch.zeros(5))]
for p in clipped:
    p.grad = torch.randn(p.shape)
before = [p.grad.clone() for p in clipped]
total = nn.utils.clip_grad_norm_(clipped, 1.5)
keep("clip", first=before[0], second=before[1], norm=total, clippedFirst=clipped[0].grad, clippedSecond=clipped[1].grad)


def rates(case, make):
    optimizer = torch.optim.SGD([nn.Parameter(torch.zeros(1))], 0.5)
    scheduler = make(optimizer)
    path = [optimizer.param_groups[0]["lr"]]
    for _ in range(12):
        optimizer.step()
        scheduler.step()
        path.append(optimizer.param_groups[0]["lr"])
    keep(case, rates=torch.tensor(path, dtype=torch.float64))


schedulers = torch.optim.lr_scheduler
rates("LambdaLR", lambda o: schedulers.LambdaLR(o, lambda epoch: 1 / (1 + epoch)))
rates("StepLR", lambda o: schedulers.StepLR(o, 3, 0.5))
rates("LinearLR", lambda o: schedulers.LinearLR(o, 0.25, 1.0, 5))
rates("CosineAnnealingLR", lambda o: schedulers.CosineAnnealingLR(o, 8, 0.01))
rates("OneCycleLR", lambda o: schedulers.OneCycleLR(o, 0.5, total_steps=13, cycle_momentum=False))

with open("goldens.json", "w") as file:
    json.dump(goldens, file)
