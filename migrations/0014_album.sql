-- Albums: the photos they keep and whether they are sealed stand in holds and item.
CREATE TABLE album (
  item bigint PRIMARY KEY REFERENCES item (id) ON DELETE CASCADE,
  public_id @bytes NOT NULL UNIQUE,
  owner bigint NOT NULL REFERENCES person (id) ON DELETE CASCADE,
  name @text NOT NULL,
  created bigint NOT NULL
);
CREATE INDEX album_by_owner ON album (owner, item);

-- Drop links: who holds one adds photos to the album and sees nothing of it. photos and bytes: what came by it so
-- far, also what the owner had already.
CREATE TABLE drop_link (
  id @id,
  public_id @bytes NOT NULL UNIQUE,
  album bigint NOT NULL REFERENCES album (item) ON DELETE CASCADE,
  name @text NOT NULL,
  hash @bytes NOT NULL UNIQUE,
  passphrase_hash @text,
  expires bigint,
  created bigint NOT NULL,
  revoked bigint,
  most_photos bigint NOT NULL,
  most_bytes bigint NOT NULL,
  photos bigint NOT NULL,
  bytes bigint NOT NULL
);
CREATE INDEX drop_link_by_album ON drop_link (album);

-- Who opened a drop link, by the hash of the cookie's token.
CREATE TABLE drop_visit (
  id @id,
  link bigint NOT NULL REFERENCES drop_link (id) ON DELETE CASCADE,
  hash @bytes NOT NULL UNIQUE,
  expires bigint NOT NULL
);
CREATE INDEX drop_visit_by_link ON drop_visit (link);
CREATE INDEX drop_visit_by_expiry ON drop_visit (expires);

-- What came in one visit, as its sender sees it. photo: the public id of what it became, where taking it back may
-- remove it; none where the owner had the photo already.
CREATE TABLE dropped (
  id @id,
  public_id @bytes NOT NULL UNIQUE,
  visit bigint NOT NULL REFERENCES drop_visit (id) ON DELETE CASCADE,
  name @text NOT NULL,
  photo @bytes
);
CREATE INDEX dropped_by_visit ON dropped (visit, id);
CREATE INDEX dropped_by_photo ON dropped (photo);

-- album: the item that is to hold the photo. visit: the drop_visit it came in; none: the person's own.
ALTER TABLE upload ADD COLUMN album bigint;
ALTER TABLE upload ADD COLUMN visit bigint;
