"""What PyTorch computes of training on images: prints one JSON object to the standard output.

python3 image_training.py dino FILE    reads {"student", "teacher": {"features", "layers", "prototypes"}, "centre", "student_temperature",
                                       "teacher_temperature", "centre_momentum"} from a file; features are [view][image][width].
"""
import json
import sys

import torch


def head_of(description):
    """The projection head of the paper, section 3.1 and appendix C: GELU between maps, length 1, then a weight-normalised map."""
    parts = []
    for layer in description["layers"]:
        weight, bias = torch.tensor(layer["weight"], dtype=torch.float64), torch.tensor(layer["bias"], dtype=torch.float64)
        linear = torch.nn.Linear(weight.shape[1], weight.shape[0]).double()
        linear.weight.data.copy_(weight)
        linear.bias.data.copy_(bias)
        parts += [linear, torch.nn.GELU()]
    prototypes = torch.tensor(description["prototypes"], dtype=torch.float64)
    last = torch.nn.utils.weight_norm(torch.nn.Linear(prototypes.shape[1], prototypes.shape[0], bias=False).double())
    last.weight_v.data.copy_(prototypes)
    last.weight_g.data.fill_(1)
    return torch.nn.Sequential(*parts[:-1]), last


def scores_of(head, features):
    maps, last = head
    return [last(torch.nn.functional.normalize(maps(torch.tensor(view, dtype=torch.float64)), dim=-1)) for view in features]


def dino(case):
    head = head_of(case["student"])
    student = scores_of(head, case["student"]["features"])
    teacher = [view.detach() for view in scores_of(head_of(case["teacher"]), case["teacher"]["features"])]
    centre = torch.tensor(case["centre"], dtype=torch.float64)
    loss, pairs = 0, 0
    for i, seen in enumerate(teacher):
        shares = ((seen - centre) / case["teacher_temperature"]).softmax(-1)
        for j, view in enumerate(student):
            if i == j:
                continue
            for image in range(len(view)):
                logs = torch.log(torch.softmax(view[image] / case["student_temperature"], -1))
                loss = loss - sum(shares[image][k] * logs[k] for k in range(len(logs))) / len(view)
            pairs += 1
    loss = loss / pairs
    loss.backward()
    momentum = case["centre_momentum"]
    shares = torch.cat([((seen - centre) / case["teacher_temperature"]).softmax(-1) for seen in teacher])
    logs = torch.cat([torch.log_softmax(view / case["student_temperature"], -1) for view in student[: len(teacher)]])
    mean = shares.mean(0)
    return {
        "loss": loss.item(),
        "centre": (momentum * centre + (1 - momentum) * torch.cat(teacher).mean(0)).tolist(),
        "slope": head[0][0].weight.grad.flatten().tolist(),
        "prototype_slope": head[1].weight_v.grad.flatten().tolist(),
        "entropy": torch.distributions.Categorical(shares).entropy().mean().item(),
        "mean_entropy": torch.distributions.Categorical(mean).entropy().item(),
        "divergence": torch.nn.functional.kl_div(logs, shares, reduction="batchmean").item(),
    }


with open(sys.argv[2], encoding="utf-8") as file:
    print(json.dumps({"dino": dino}[sys.argv[1]](json.load(file))))
