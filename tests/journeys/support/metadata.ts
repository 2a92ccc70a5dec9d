// What photos tell besides their pixels: put into files of every kind by exiftool, and looked for in others.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";

export const has_exiftool = spawnSync("exiftool", ["-ver"]).status === 0;

/** A word that stands in everything that `tell` puts into a file. */
export const told = "Tawhiti";

// Of the file itself and of the frame that a decoder needs: nothing of a camera, a place or a time.
const plain = new Set([
  "SourceFile", "ExifToolVersion", "FileName", "Directory", "FileSize", "FileModifyDate", "FileAccessDate",
  "FileInodeChangeDate", "FilePermissions", "FileType", "FileTypeExtension", "MIMEType", "ImageWidth", "ImageHeight",
  "EncodingProcess", "BitsPerSample", "ColorComponents", "YCbCrSubSampling", "ImageSize", "Megapixels", "VP8Version",
  "HorizontalScale", "VerticalScale", "JFIFVersion", "ResolutionUnit", "XResolution", "YResolution", "WebP_Flags",
  // AVIF: the boxes of one picture (AV1 in HEIF) and where its data lies.
  "MajorBrand", "MinorVersion", "CompatibleBrands", "HandlerType", "PrimaryItemReference", "AV1ConfigurationVersion",
  "SeqProfile", "SeqLevelIdx0", "SeqTier0", "HighBitDepth", "TwelveBit", "ChromaFormat", "ChromaSamplePosition",
  "InitialDelaySamples", "ImageSpatialExtent", "ImagePixelDepth", "MediaDataSize", "MediaDataOffset", "MediaData",
  "MetaImageSize", "ColorProfiles", "ColorPrimaries", "TransferCharacteristics", "MatrixCoefficients", "VideoFullRangeFlag",
]);

function all_of(file: string): Record<string, any> {
  const run = spawnSync("exiftool", ["-json", "-u", "-ee", file], { encoding: "utf8" });
  assert.equal(run.status, 0, run.stderr);
  return JSON.parse(run.stdout)[0];
}

/** Width and height, of a file in which exiftool finds nothing but what every picture has. */
export function bare_size(file: string): { width: number; height: number } {
  const found = all_of(file);
  assert.deepEqual(Object.keys(found).filter((tag) => !plain.has(tag)), []);
  assert.equal(found.ColorProfiles ?? "nclx", "nclx"); // four numbers that say sRGB, and no profile
  return { width: found.ImageWidth, height: found.ImageHeight };
}

/** Writes EXIF with a position, XMP, IPTC, comments and a profile into the file, as far as its kind has a place for them. */
export function tell(file: string): void {
  const profile = `${file}.icc`;
  writeFileSync(profile, display_profile());
  const said = ["EXIF:Artist", "EXIF:ImageDescription", "XMP-dc:Creator", "XMP-dc:Description", "IPTC:City", "Comment", "PNG:Author"].map((tag) => `-${tag}=${told}`);
  const place = ["GPSLatitude=41.3", "GPSLatitudeRef=S", "GPSLongitude=174.8", "GPSLongitudeRef=E", "XMP:GPSLatitude=41.3"].map((tag) => `-${tag}`);
  const run = spawnSync("exiftool", ["-q", "-q", "-overwrite_original", ...said, ...place, `-ICC_Profile<=${profile}`, file], { encoding: "utf8" });
  assert.equal(run.status, 0, run.stderr);
}

/** Which groups of tags (IFD0, GPS, XMP-dc, ICC_Profile, ...) exiftool finds in the file. */
export function groups_in(file: string): Set<string> {
  const { stdout } = spawnSync("exiftool", ["-json", "-G1", "-a", file], { encoding: "utf8" });
  return new Set(Object.keys(JSON.parse(stdout)[0]).map((tag) => tag.split(":")[0]!));
}

// ICC.1:2001-04: of a display with the primaries of sRGB under D50 and a power of 2.2, and whose it is.
function display_profile(): Buffer {
  const number = (value: number) => { const bytes = Buffer.alloc(4); bytes.writeInt32BE(value); return bytes; };
  const xyz = (...parts: number[]) => Buffer.concat(parts.map((part) => number(Math.round(part * 65536))));
  const type = (name: string, ...data: Buffer[]) => Buffer.concat([Buffer.from(name), number(0), ...data]);
  const curve = type("curv", number(1), Buffer.from([2, 51, 0, 0]));
  const tags: [string, Buffer][] = [
    ["cprt", type("text", Buffer.from(told.padEnd(8, "\0")))],
    ["rXYZ", type("XYZ ", xyz(0.4361, 0.2225, 0.0139))], ["gXYZ", type("XYZ ", xyz(0.3851, 0.7169, 0.0971))],
    ["bXYZ", type("XYZ ", xyz(0.1431, 0.0606, 0.7141))], ["rTRC", curve], ["gTRC", curve], ["bTRC", curve],
  ];
  const head = Buffer.concat([
    number(0), number(0x02100000), Buffer.from("mntrRGB XYZ "), Buffer.from([7, 206, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0]), Buffer.from("acsp"),
    Buffer.alloc(28), xyz(0.9642, 1, 0.8249), Buffer.alloc(48), number(tags.length),
  ]);
  let at = 4 + head.length + tags.length * 12;
  const table = tags.map(([name, { length }]) => Buffer.concat([Buffer.from(name), number(at), number((at += length) && length)]));
  const values = tags.map(([, value]) => value);
  return Buffer.concat([number(at), head, ...table, ...values]);
}
