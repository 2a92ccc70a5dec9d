-- Photos and the blobs that hold their bytes. Destroying a blob's row destroys its key, and so the blob.

-- name: of its file; wrapped_key: its key under the instance key; size: of its plain bytes.
CREATE TABLE blob (
  id @id,
  name @bytes NOT NULL UNIQUE,
  wrapped_key @bytes NOT NULL,
  size bigint NOT NULL
);

-- Blobs whose row is gone and whose file is still to be removed.
CREATE TABLE forgotten_blob (
  id @id,
  name @bytes NOT NULL
);

-- duplicate: HMAC of the original's SHA-256 under a key of the owner's own, so that equal photos of two
-- people have nothing in common here. sealed_digest: that SHA-256, for the owner's eyes. format: 0 JPEG,
-- 1 PNG, 2 WebP, 3 HEIC, 4 AVIF. A person cannot go before their photos: their blobs would be left without
-- anyone to remove them.
CREATE TABLE photo (
  id @id,
  public_id @bytes NOT NULL UNIQUE,
  owner bigint NOT NULL REFERENCES person (id),
  original bigint NOT NULL UNIQUE REFERENCES blob (id),
  duplicate @bytes NOT NULL,
  sealed_digest @bytes NOT NULL,
  format bigint NOT NULL,
  width bigint NOT NULL,
  height bigint NOT NULL,
  uploaded bigint NOT NULL,
  UNIQUE (owner, duplicate)
);
CREATE INDEX photo_by_owner ON photo (owner, id);

-- edge: the longest side asked for. encoding: 0 WebP, 1 JPEG. width, height: as made.
CREATE TABLE rendition (
  photo bigint NOT NULL REFERENCES photo (id) ON DELETE CASCADE,
  edge bigint NOT NULL,
  encoding bigint NOT NULL,
  blob bigint NOT NULL UNIQUE REFERENCES blob (id),
  width bigint NOT NULL,
  height bigint NOT NULL,
  PRIMARY KEY (photo, edge, encoding)
);
