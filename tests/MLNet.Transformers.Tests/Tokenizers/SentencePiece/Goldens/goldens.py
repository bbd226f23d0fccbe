# What the SentencePiece library makes of hard texts and of a whole book, with published models and with small ones that it
# trains here for their settings (the .model files beside this):
#   apt-get install sentencepiece python3-sentencepiece && /usr/bin/python3 goldens.py <shared>/data
# (Debian's sentencepiece 0.1.97.)
import hashlib
import json
import os
import shutil
import subprocess
import sys

import sentencepiece

DATA = sys.argv[1]
BOOK_PATH = f"{DATA}/tokenizer-conformance/sentencepiece/botchan.txt"
PUBLISHED = {
    "test_model": "tokenizer-conformance/sentencepiece/test_model.model",
    "test_ja_model": "tokenizer-conformance/sentencepiece/test_ja_model.model",
    "t5-small": "tokenizers/t5-small/spiece.model",
    "marian-source": "tokenizers/marian-opus-mt-en-mg/source.spm",
    "marian-target": "tokenizers/marian-opus-mt-en-mg/target.spm",
    "llama2": "tokenizers/llama2/llama2_tokenizer_full.spm",
}
SYMBOLS = "--user_defined_symbols=<sep>,Tokyo,▁the▁,Red▁Shirt --control_symbols=<ctl>,<2x> --pad_id=3"
TRAINED = {
    "unigram-bytes": f"--model_type=unigram --vocab_size=700 --byte_fallback {SYMBOLS}",
    "bpe-bytes": f"--model_type=bpe --vocab_size=700 --byte_fallback {SYMBOLS}",
    "bpe": f"--model_type=bpe --vocab_size=400 {SYMBOLS}",
    "characters": f"--model_type=char --vocab_size=100 {SYMBOLS}",
    "suffix": "--vocab_size=400 --treat_whitespace_as_suffix",
    "plain": "--vocab_size=400 --add_dummy_prefix=false --remove_extra_whitespaces=false --split_by_whitespace=false",
}
TEXTS = [
    "", " ", "   ", "a", " a", "a ", "  a  b  ", "Hello world", "Hello  world ", "\tHello\nworld\r\n", "don't stop",
    "I saw a girl with a telescope.", "The quick brown fox jumps over the lazy dog.", "UNwanted,running",
    "Botchan's house, No. 42!?", "1,234.5678", "a" * 40, "aaaa aaa aa a", "internationalization" * 5,
    "\u2581", "\u2581\u2581a", "a\u2581", "a \u2581 b", "x\u2581y", "\u00A0a\u00A0", "\u3000a\u3000b\u3000", "a\u2009b\u200Ac",
    "e\u0301 \u00E9", "A\u0300\u0301", "\u212B \u00C5 A\u030A", "ﬁ ﬂ ﬀ", "①②③ ㌔ ㍿", "ＡＢＣ１２３", "ｶﾞｷﾞｸﾞ", "株式会社", "㈱",
    "吾輩は猫である。名前はまだ無い。", "生活的真谛是", "안녕하세요 세계", "\u1112\u1161\u11AB", "Привет, мир!", "Γειά σου Κόσμε",
    "مرحبا بالعالم", "שלום עולם", "नमस्ते दुनिया", "สวัสดีชาวโลก", "Straße Ǆ ı İ", "¼ ½ ¾ ™ © ®", "… — – ‘’ “”", "€ £ ¥ ₹",
    "😀", "👩‍👩‍👧‍👦 family", "👍🏽 ok", "🇩🇪🇫🇷", "z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢", "a\u200Bb\u200Cc\u200Dd\uFEFFe", "\u202Eabc\u202C",
    "x\u0001y\u007Fz", "\U0001D400\U0001D401", "\U00020000\U0002A6D6", "a\u0338=\u0338", "http://example.com/?q=1&r=2#f",
    "def f(x):\n    return x ** 2\n", "{\"key\": [1, 2, 3]}", "snake_case camelCase", "!!!???...", "a-b_c/d\\e|f", "<0x41> <unknown>",
    "a<sep>b", "I live in Tokyo, TokyoTokyo", " the house of the  Red Shirt ", "Red Shirts", "on the hill",
]
BOOK = open(BOOK_PATH, encoding="utf-8", newline="").read().split("\n")

shutil.copy(BOOK_PATH, "book.txt")
for name, options in TRAINED.items():
    common = f"--input=book.txt --model_prefix={name} --normalization_rule_name=identity --num_threads=1"
    subprocess.run(["spm_train", *common.split(), *options.split()], check=True, stderr=subprocess.DEVNULL)
    os.remove(f"{name}.vocab")
os.remove("book.txt")

goldens = {}
for name in [*PUBLISHED, *TRAINED]:
    path = f"{DATA}/{PUBLISHED[name]}" if name in PUBLISHED else f"{name}.model"
    processor = sentencepiece.SentencePieceProcessor(model_file=path)
    book = "\n".join(" ".join(map(str, processor.encode(line))) for line in BOOK)
    goldens[name] = {
        "path": PUBLISHED.get(name),
        "book": hashlib.sha256(book.encode()).hexdigest(),
        "cases": [{"text": text, "ids": processor.encode(text), "decoded": processor.decode(processor.encode(text))} for text in TEXTS],
    }
with open("sentencepiece.json", "w", encoding="utf-8") as file:
    text = json.dumps(goldens, ensure_ascii=False)
    file.write(text.replace('{"text"', '\n{"text"').replace('}, "', '},\n"') + "\n")
