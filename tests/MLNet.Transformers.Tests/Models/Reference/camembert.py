"""CamemBERT (Martin et al., 2020): RoBERTa of French, under its names."""
from roberta import CASES, encode, heads, shapes  # noqa: F401
