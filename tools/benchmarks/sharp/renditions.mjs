// node renditions.mjs: for each line of its input, a file's path, makes the renditions that Keepsake makes of a photo,
// by the same steps (one decode; each edge from the one before; the same encoders and settings), and prints the CPU
// seconds that took. One thread, nothing cached, warm from the second line on.
import { createInterface } from "node:readline";
import sharp from "sharp";

sharp.concurrency(1);
sharp.cache(false);

const raw = (drawn) => drawn.raw().toBuffer({ resolveWithObject: true });
const inside = (drawn, edge) => drawn.resize(edge, edge, { fit: "inside", withoutEnlargement: true });
const from = ({ data, info }) => sharp(data, { raw: { width: info.width, height: info.height, channels: info.channels } });

async function renditions(path) {
  let picture = await raw(inside(sharp(path, { failOn: "truncated" }).rotate(), 2048));
  for (const edge of [2048, 1024, 320]) {
    if (edge < 2048) picture = await raw(inside(from(picture), edge));
    await from(picture).webp({ quality: 80, effort: 2 }).toBuffer();
    await from(picture).jpeg({ quality: 82, optimiseCoding: true, chromaSubsampling: "4:2:0" }).toBuffer();
  }
}

for await (const path of createInterface({ input: process.stdin })) {
  const before = process.cpuUsage();
  await renditions(path);
  const { user, system } = process.cpuUsage(before);
  console.log((user + system) / 1e6);
}
