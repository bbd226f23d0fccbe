"""Metrics as NumPy gives them, each by another road than the library's: reads cases as JSON, prints the numbers as JSON."""
import json
import re
import string
import sys

import numpy as np


def ranks(values):
    values = np.array(values)
    return [(values < value).sum() + ((values == value).sum() + 1) / 2 for value in values]


def f1(right, predicted, actual):
    return 2 * right / (predicted + actual) if predicted + actual else 0.0


def matthews(labels, predictions):
    """The correlation of the two one-hot matrices."""
    classes = sorted(set(labels) | set(predictions))
    x = np.array([[label == c for c in classes] for label in labels], float)
    y = np.array([[label == c for c in classes] for label in predictions], float)
    cov = lambda a, b: ((a - a.mean(0)) * (b - b.mean(0))).mean(0).sum()
    return cov(x, y) / np.sqrt(cov(x, x) * cov(y, y))


def entities(tags, scheme):
    """By a regular expression over the sentence, in which one type's tags are their prefixes and all others are dots."""
    found = set()
    for kind in "AB":
        code = {f"B-{kind}": "b", f"I-{kind}": "i", f"L-{kind}": "l", f"U-{kind}": "u", kind: "i"}
        text = "".join(code.get(tag, ".") for tag in tags)
        pattern = {"Iob": "[bi]i*", "Iob2": "bi*", "Bilou": "bi*l|u", "Plain": "i+"}[scheme]
        found |= {(kind, match.start(), match.end()) for match in re.finditer(pattern, text)}
    return found


def words_of(answer):
    """The steps in the order of SQuAD's description: lower case, punctuation away, articles away, white space."""
    kept = "".join(letter for letter in answer.lower() if letter not in string.punctuation)
    return re.sub(r"\b(a|an|the)\b", " ", kept).split()


def answer_scores(answers, predicted):
    """Exact match and F1 of the best; a question whose answers are all empty is right when nothing is answered."""
    guess = words_of(predicted)
    rights = [words for words in map(words_of, answers) if words] or [[]]
    shared = lambda right: sum(min(right.count(word), guess.count(word)) for word in set(right))
    score = lambda right: f1(shared(right), len(guess), len(right)) if right and guess else float(right == guess)
    return max(right == guess for right in rights), max(map(score, rights))


case = json.load(open(sys.argv[1]))
flags, predicted_flags = np.array(case["flags"], bool), np.array(case["predicted_flags"], bool)
counts = [((flags & predicted_flags)[:, i].sum(), predicted_flags[:, i].sum(), flags[:, i].sum()) for i in range(flags.shape[1])]
result = {
    "pearson": np.corrcoef(case["values"], case["scores"])[0, 1],
    "spearman": np.corrcoef(ranks(case["values"]), ranks(case["scores"]))[0, 1],
    "matthews": matthews(case["classes"], case["predicted_classes"]),
    "micro": f1(*map(sum, zip(*counts))),
    "macro": np.mean([f1(*count) for count in counts]),
    "subset": (flags == predicted_flags).all(1).mean(),
    "hamming": (flags != predicted_flags).mean(),
}
result["exact"], result["f1"] = np.mean([answer_scores(*answer) for answer in case["answers"]], 0)
for scheme, (tags, predicted_tags) in case["tags"].items():
    true = [(i, *entity) for i, sentence in enumerate(tags) for entity in entities(sentence, scheme)]
    guess = [(i, *entity) for i, sentence in enumerate(predicted_tags) for entity in entities(sentence, scheme)]
    result[scheme] = f1(len(set(true) & set(guess)), len(guess), len(true))
json.dump({name: float(value) for name, value in result.items()}, sys.stdout)
