"""XLM-RoBERTa (Conneau et al., 2020): RoBERTa of a hundred languages, under its names."""
from roberta import CASES, encode, heads, shapes  # noqa: F401
