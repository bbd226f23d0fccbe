"""What PyTorch computes of training: prints one JSON object to the standard output.

python3 training.py one-cycle STEPS WARMUP      the shares of the greatest rate of torch.optim.lr_scheduler.OneCycleLR
python3 training.py focal GAMMA WEIGHTS SCORES LABELS   the focal loss, weighed, and its slope at the scores, from the paper's formula
"""
import json
import sys

import torch


def one_cycle(steps, warm_up):
    parameter = torch.nn.Parameter(torch.zeros(1))
    optimizer = torch.optim.SGD([parameter], lr=1, momentum=0.9)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, max_lr=1.0, total_steps=steps, pct_start=warm_up / steps)
    rates = []
    for step in range(steps):
        rates.append(optimizer.param_groups[0]["lr"])
        optimizer.step()
        if step + 1 < steps:
            schedule.step()
    return rates


def focal(gamma, weights, scores, labels):
    scores = torch.tensor(scores, dtype=torch.float64, requires_grad=True)
    labels = torch.tensor(labels)
    weights = torch.tensor(weights, dtype=torch.float64)[labels]
    right = scores.softmax(1).gather(1, labels[:, None])[:, 0]
    loss = (-weights * (1 - right) ** gamma * right.log()).sum() / weights.sum()
    loss.backward()
    return {"loss": loss.item(), "slope": scores.grad.flatten().tolist()}


if sys.argv[1] == "one-cycle":
    print(json.dumps(one_cycle(int(sys.argv[2]), int(sys.argv[3]))))
else:
    print(json.dumps(focal(float(sys.argv[2]), *map(json.loads, sys.argv[3:]))))
