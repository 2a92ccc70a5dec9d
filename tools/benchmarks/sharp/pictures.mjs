// node pictures.mjs WIDTH HEIGHT SIGMA QUALITY PROFILE FILE: draws a JPEG with the detail of a photo: soft shapes of
// every size, one half as strong as the next larger, and grain of SIGMA levels over it. PROFILE "p3" gives it the
// colours and the profile of a phone's photo, "none" neither.
import sharp from "sharp";

const [width, height, sigma, quality, profile, file] = process.argv.slice(2);
const size = { width: Number(width), height: Number(height) };

// The same numbers on every machine (mulberry32).
let seed = 20240229;
function random() {
  seed = (seed + 0x6d2b79f5) | 0;
  let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
}

async function shapes(across) {
  const down = Math.max(1, Math.round((across * size.height) / size.width));
  const drawn = Buffer.alloc(across * down * 3);
  for (let i = 0; i < drawn.length; i++) drawn[i] = random() * 256;
  return sharp(drawn, { raw: { width: across, height: down, channels: 3 } })
    .resize(size.width, size.height, { fit: "fill", kernel: "cubic" })
    .raw()
    .toBuffer();
}

const picture = new Float32Array(size.width * size.height * 3).fill(128);
for (let across = 4, strength = 0.5; across < size.width / 2; across *= 4, strength /= 2) {
  const shape = await shapes(across);
  for (let i = 0; i < picture.length; i++) picture[i] += (shape[i] - 128) * strength;
}
const bytes = Buffer.alloc(picture.length);
for (let i = 0; i < bytes.length; i++) {
  const grain = (random() + random() + random() - 1.5) * 2 * sigma;
  bytes[i] = Math.max(0, Math.min(255, picture[i] + grain));
}
const drawn = sharp(bytes, { raw: { ...size, channels: 3 } });
if (profile !== "none") drawn.withIccProfile(profile);
await drawn.jpeg({ quality: Number(quality), chromaSubsampling: "4:2:0" }).toFile(file);
