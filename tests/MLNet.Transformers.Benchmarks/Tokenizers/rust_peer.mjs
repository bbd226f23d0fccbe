// Encodes a file of texts, one a line, with the Rust tokenizer, and prints tokens and seconds: node rust_peer.mjs TOKENIZER TEXTS cpu|wall
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const { Tokenizer } = createRequire(import.meta.url)('@anush008/tokenizers');
const [tokenizerFile, textsFile, clock] = process.argv.slice(2);
const tokenizer = Tokenizer.fromFile(tokenizerFile);
const texts = readFileSync(textsFile, 'utf8').split('\n');

const now = () => {
    if (clock !== 'cpu') return performance.now() / 1e3;
    const { user, system } = process.cpuUsage();
    return (user + system) / 1e6;
};

let tokens = 0, seconds = 0;
for (let turn = 0; turn < 2; turn++) {
    // The first turn fills its caches.
    tokens = seconds = 0;
    for (let i = 0; i < texts.length; i += 1000) {
        const batch = texts.slice(i, i + 1000);
        const start = now();
        const encodings = await tokenizer.encodeBatch(batch);
        seconds += now() - start;
        for (const encoding of encodings) tokens += encoding.getLength();
    }
}

console.log(JSON.stringify({ tokens, seconds }));
