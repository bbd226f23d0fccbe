// The peer: ONNX Runtime on the CPU. Reads one request a line and answers with one line of JSON: node onnx_peer.mjs THREADS cpu|wall
// {file} opens a model; {batches: [{ids, mask, shape}], seconds} runs all batches again and again for about so many seconds;
// {batches, seconds: 0} gives the first batch's output instead.
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';

const require = createRequire(import.meta.url);
const { InferenceSession, Tensor } = require('onnxruntime-node');
const [threads, clock] = process.argv.slice(2);
let session;

const now = () => {
    if (clock !== 'cpu') return performance.now() / 1e3;
    const { user, system } = process.cpuUsage();
    return (user + system) / 1e6;
};

const feedOf = ({ ids, mask, shape }) => ({
    ids: new Tensor('int64', BigInt64Array.from(ids, BigInt), shape),
    mask: new Tensor('float32', Float32Array.from(mask), shape),
});

async function answer({ file, batches, seconds }) {
    if (file) {
        session = await InferenceSession.create(file, { intraOpNumThreads: Number(threads), interOpNumThreads: 1, graphOptimizationLevel: 'all' });
        return {};
    }
    const feeds = batches.map(feedOf);
    if (seconds === 0) return { output: Array.from((await session.run(feeds[0])).output.data) };
    const times = [];
    const end = performance.now() + seconds * 1e3;
    do {
        const start = now();
        for (const feed of feeds) await session.run(feed);
        times.push(now() - start);
    } while (performance.now() < end);
    return { times };
}

console.log(JSON.stringify({ version: require('onnxruntime-node/package.json').version }));
for await (const line of createInterface({ input: process.stdin })) console.log(JSON.stringify(await answer(JSON.parse(line))));
