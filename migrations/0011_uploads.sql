-- Everything is kept that was handed over, also what cannot be shown. name: of the file as it was sent, or
-- empty. media_type: where it is not that of the format. format: -1 for what cannot be shown; then width and
-- height are 0 and there are no renditions.
ALTER TABLE photo ADD COLUMN name @text NOT NULL DEFAULT '';
ALTER TABLE photo ADD COLUMN media_type @text;

-- What is on its way in, in pieces that may come days apart. size: of the whole; arrived: what is durable of
-- it. photo: what it became. refusal: why it became nothing, as the kind's number in base/result.h, with its
-- sentence.
CREATE TABLE upload (
  id @id,
  public_id @bytes NOT NULL UNIQUE,
  person bigint NOT NULL REFERENCES person (id),
  name @text NOT NULL,
  size bigint NOT NULL,
  arrived bigint NOT NULL,
  expires bigint NOT NULL,
  photo @bytes,
  refusal bigint,
  sentence @text
);
CREATE INDEX upload_by_person ON upload (person);
CREATE INDEX upload_by_expiry ON upload (expires);

-- The pieces of an upload. place: of its first byte in the whole.
CREATE TABLE upload_part (
  upload bigint NOT NULL REFERENCES upload (id) ON DELETE CASCADE,
  place bigint NOT NULL,
  blob bigint NOT NULL UNIQUE REFERENCES blob (id),
  PRIMARY KEY (upload, place)
);
