// Pictures made here, for journeys that need a photo of their own and no real one.
import { deflateSync } from "node:zlib";

function crc(bytes: Buffer): number {
  let sum = 0xffffffff;
  for (const byte of bytes) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit++) sum = (sum >>> 1) ^ (sum & 1 ? 0xedb88320 : 0);
  }
  return ~sum >>> 0;
}

// W3C PNG 5.3: length, type, data, CRC of type and data.
function chunk(type: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const whole = Buffer.alloc(8 + named.length - 4 + 4);
  whole.writeUInt32BE(data.length, 0);
  named.copy(whole, 4);
  whole.writeUInt32BE(crc(named), 4 + named.length);
  return whole;
}

/** A PNG in one colour; another `shade` (0 to 255) makes another photo. */
export function picture(shade: number, width = 96, height = 64): Buffer {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 2, 0, 0, 0], 8);
  const line = Buffer.concat([Buffer.from([0]), Buffer.alloc(width * 3, shade)]);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const pixels = deflateSync(Buffer.concat(Array.from({ length: height }, () => line)));
  return Buffer.concat([signature, chunk("IHDR", head), chunk("IDAT", pixels), chunk("IEND", Buffer.alloc(0))]);
}

/** The same as a TIFF (TIFF 6.0, baseline RGB) in one uncompressed strip. */
export function tiff(shade: number, width: number, height: number): Buffer {
  const entries = [
    [256, 4, 1, width], [257, 4, 1, height], [258, 3, 1, 8], [259, 3, 1, 1], [262, 3, 1, 2], [273, 4, 1, 134],
    [277, 3, 1, 3], [278, 4, 1, height], [279, 4, 1, width * height * 3], [284, 3, 1, 1],
  ];
  const head = Buffer.alloc(134);
  head.write("II*\0\x08\0\0\0", "latin1");
  head.writeUInt16LE(entries.length, 8);
  entries.forEach(([tag, type, count, value], at) => {
    head.writeUInt16LE(tag!, 10 + at * 12);
    head.writeUInt16LE(type!, 12 + at * 12);
    head.writeUInt32LE(count!, 14 + at * 12);
    head.writeUInt32LE(value!, 18 + at * 12);
  });
  return Buffer.concat([head, Buffer.alloc(width * height * 3, shade)]);
}

/** The same as a GIF (GIF89a) whose codes are never compressed: 100 pixels of seven bits, each an eight-bit code, then a clear. */
export function gif(shade: number, width: number, height: number): Buffer {
  const head = Buffer.from("GIF89a....\xf6\0\0", "latin1");
  const frame = Buffer.from(",\0\0\0\0....\0\x07", "latin1");
  for (const [bytes, at] of [[head, 6], [frame, 5]] as const) {
    bytes.writeUInt16LE(width, at);
    bytes.writeUInt16LE(height, at + 2);
  }
  const [clear, end] = [128, 129];
  const pixels = Buffer.concat([Buffer.from([101, clear]), Buffer.alloc(100)]);
  const blocks = Array.from({ length: Math.ceil((width * height) / 100) }, () => pixels);
  return Buffer.concat([head, Buffer.alloc(128 * 3, shade), frame, ...blocks, Buffer.from([1, end, 0, 0x3b])]);
}
