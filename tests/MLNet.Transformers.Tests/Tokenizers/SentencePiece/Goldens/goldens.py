# What the SentencePiece library makes of hard texts and of a whole book:
#   apt-get install python3-sentencepiece && /usr/bin/python3 goldens.py <shared>/data
# (Debian's python3-sentencepiece 0.1.97.) Pieces are those that the ids stand for, so unknown text shows as <unk>.
import hashlib
import json
import sys

import sentencepiece

DATA = sys.argv[1]
MODELS = {
    "test_model": "tokenizer-conformance/sentencepiece/test_model.model",
    "test_ja_model": "tokenizer-conformance/sentencepiece/test_ja_model.model",
    "t5-small": "tokenizers/t5-small/spiece.model",
    "marian-source": "tokenizers/marian-opus-mt-en-mg/source.spm",
    "marian-target": "tokenizers/marian-opus-mt-en-mg/target.spm",
    "llama2": "tokenizers/llama2/llama2_tokenizer_full.spm",
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
]
BOOK = open(f"{DATA}/tokenizer-conformance/sentencepiece/botchan.txt", encoding="utf-8", newline="").read().split("\n")

goldens = {}
for name, path in MODELS.items():
    processor = sentencepiece.SentencePieceProcessor(model_file=f"{DATA}/{path}")
    book = "\n".join(" ".join(map(str, processor.encode(line))) for line in BOOK)
    goldens[name] = {
        "path": path,
        "book": hashlib.sha256(book.encode()).hexdigest(),
        "cases": [{"text": text, "ids": processor.encode(text), "decoded": processor.decode(processor.encode(text))} for text in TEXTS],
    }
with open("sentencepiece.json", "w", encoding="utf-8") as file:
    text = json.dumps(goldens, ensure_ascii=False)
    file.write(text.replace('{"text"', '\n{"text"').replace('}, "', '},\n"') + "\n")
