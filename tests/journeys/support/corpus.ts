// Real photos, where they are: the folder that KEEPSAKE_CORPUS names.
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";

const folder = join(process.env.KEEPSAKE_CORPUS ?? "../../../shared/corpus", "photos");

export const has_corpus = existsSync(folder);

/** The path of one photo. */
export function corpus_photo(name: string): string {
  return join(folder, name);
}

/** Every photo but the damaged one. */
export function corpus_photos(): string[] {
  return readdirSync(folder).filter((name) => name !== "image01551.jpg").sort();
}

export function media_type(name: string): string {
  const ending = name.split(".").pop()!.toLowerCase();
  return ending === "jpg" ? "image/jpeg" : "image/heic";
}
