"""Prints, as JSON, the buckets of distances up to 600 on either side as published, in single precision: MPNet's 32 up to 128, by
the distance from a query on to a key, and DeBERTa's 256 up to 512, by the distance from a query back to a key.
"""
import json

import deberta_v2
import mpnet

distances = range(-600, 601)
print(json.dumps({"mpnet": [mpnet.bucket(distance, 32) for distance in distances],
                  "deberta": [min(max(deberta_v2.bucket(distance, 256, 512) + 256, 0), 511) for distance in distances]}))
