// Encodes texts with the reference tokenizers: node encode.mjs TASK ANSWER, both files of JSON.
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Tokenizer as JavaScript } from '@huggingface/tokenizers';

const { Tokenizer: Rust } = createRequire(import.meta.url)('@anush008/tokenizers');
const task = JSON.parse(readFileSync(process.argv[2], 'utf8'));

// It lacks some parts altogether.
function createInJavaScript(json) {
    try {
        return new JavaScript(json, { clean_up_tokenization_spaces: false });
    } catch {
        return null;
    }
}

function encodeInJavaScript(tokenizer, text, pair) {
    try {
        return tokenizer?.encode(text, { text_pair: pair ?? null }).ids ?? null;
    } catch {
        return null;
    }
}

function describe(encoding) {
    return {
        ids: encoding.getIds(),
        typeIds: encoding.getTypeIds(),
        attentionMask: encoding.getAttentionMask(),
        specialTokensMask: encoding.getSpecialTokensMask(),
        tokens: encoding.getTokens(),
        wordIds: encoding.getWordIds().map(id => id ?? null),
        offsets: encoding.getOffsets(),
        overflowing: [],
    };
}

// What overflows overflows in turn, which nobody compares: told too, it would be hundreds of megabytes.
function describeWithOverflow(encoding) {
    return { ...describe(encoding), overflowing: encoding.getOverflowing().map(describe) };
}

async function encodeInRust(tokenizer, { text, pair, addSpecialTokens }) {
    const encoding = await tokenizer.encode(text, pair ?? null, { addSpecialTokens });
    return { ...describeWithOverflow(encoding), decoded: await tokenizer.decode(encoding.getIds(), true) };
}

const answer = [];
for (const { file, texts } of task) {
    const json = readFileSync(file, 'utf8');
    const javaScript = createInJavaScript(JSON.parse(json));
    const rust = Rust.fromString(json);
    const outcomes = [];
    for (const entry of texts) {
        outcomes.push({ javaScript: encodeInJavaScript(javaScript, entry.text, entry.pair), rust: await encodeInRust(rust, entry) });
    }
    answer.push(outcomes);
}

writeFileSync(process.argv[3], JSON.stringify(answer));
