// node convert.mjs FILE NEW: NEW.raw is made of nothing but the pixels of FILE, 8-bit RGB; NEW.jpg is as exact as JPEG gets.
import { writeFileSync } from "node:fs";
import sharp from "sharp";

const [file, made] = process.argv.slice(2);
const picture = sharp(file).removeAlpha();
writeFileSync(made, await (made.endsWith(".raw") ? picture.raw() : picture.jpeg({ quality: 100, chromaSubsampling: "4:4:4" })).toBuffer());
