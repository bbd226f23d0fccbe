// What the Rust trainers learn from the first 500 lines of botchan.txt, through their own npm build:
//   npm install tokenizers@0.23.2 && node goldens.mjs <shared>/data/tokenizer-conformance/sentencepiece/botchan.txt
// Its Node binding trains with the default settings only: 30,000 tokens, no minimum frequency.
import { readFileSync, writeFileSync } from "node:fs";
import tokenizers from "tokenizers";

const { BPE, WordPiece, WordLevel, Tokenizer } = tokenizers;
const { bertNormalizer, bertPreTokenizer, whitespaceSplitPreTokenizer } = tokenizers;

const corpus = "corpus.txt";
const lines = readFileSync(process.argv[2], "utf8").replaceAll("\r", "").replace("\uFEFF", "").split("\n").slice(0, 500);
writeFileSync(corpus, lines.join("\n"));

function train(model, normalizer, preTokenizer) {
  const tokenizer = new Tokenizer(model);
  if (normalizer) tokenizer.setNormalizer(normalizer);
  tokenizer.setPreTokenizer(preTokenizer);
  tokenizer.train([corpus]);
  tokenizer.save("trained.json");
  return JSON.parse(readFileSync("trained.json", "utf8")).model;
}

const inOrder = vocab => Object.keys(vocab).sort((a, b) => vocab[a] - vocab[b]);

const bpe = train(BPE.empty(), null, whitespaceSplitPreTokenizer());
writeFileSync("rust-bpe-merges.txt", bpe.merges.map(merge => merge.join(" ")).join("\n") + "\n");
const wordPiece = train(WordPiece.empty(), bertNormalizer(), bertPreTokenizer());
writeFileSync("rust-wordpiece-vocab.txt", inOrder(wordPiece.vocab).join("\n") + "\n");
const wordLevel = train(WordLevel.empty(), null, whitespaceSplitPreTokenizer());
writeFileSync("rust-wordlevel-vocab.txt", inOrder(wordLevel.vocab).join("\n") + "\n");
