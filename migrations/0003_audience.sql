-- Who may see what. Stories and albums are items here; what they say belongs to others.

-- kind: 0 story, 1 album. state: 0 draft, 1 published, 2 withdrawn, 3 trashed. published_at: the first time.
-- gate: has_notes, or a grant `door` stands; gate_version: raised whenever what the gate says changes.
CREATE TABLE item (
  id @id,
  kind bigint NOT NULL,
  author bigint NOT NULL REFERENCES person (id) ON DELETE CASCADE,
  state bigint NOT NULL,
  published_at bigint,
  has_notes @bool NOT NULL,
  gate @bool NOT NULL,
  gate_version bigint NOT NULL,
  sealed @bool NOT NULL
);
CREATE INDEX item_by_author ON item (author, published_at, id);

-- `photo` names a photo without a reference: photos belong to another part.
CREATE TABLE holds (
  item bigint NOT NULL REFERENCES item (id) ON DELETE CASCADE,
  photo bigint NOT NULL,
  PRIMARY KEY (item, photo)
);
CREATE INDEX holds_by_photo ON holds (photo, item);

CREATE TABLE circle (
  id @id,
  public_id @bytes NOT NULL UNIQUE,
  owner bigint NOT NULL REFERENCES person (id) ON DELETE CASCADE,
  name @text NOT NULL,
  created bigint NOT NULL
);
CREATE INDEX circle_by_owner ON circle (owner);

CREATE TABLE circle_member (
  circle bigint NOT NULL REFERENCES circle (id) ON DELETE CASCADE,
  person bigint NOT NULL REFERENCES person (id) ON DELETE CASCADE,
  joined bigint NOT NULL,
  PRIMARY KEY (circle, person)
);
CREATE INDEX circle_member_by_person ON circle_member (person, joined, circle);

-- Secrets are kept as SHA-256 alone, passphrases as argon2id.
CREATE TABLE guest_link (
  id @id,
  public_id @bytes NOT NULL UNIQUE,
  item bigint NOT NULL REFERENCES item (id) ON DELETE CASCADE,
  name @text NOT NULL,
  hash @bytes NOT NULL UNIQUE,
  passphrase_hash @text,
  expires bigint,
  created bigint NOT NULL,
  revoked bigint
);
CREATE INDEX guest_link_by_item ON guest_link (item);

CREATE TABLE guest_pass (
  id @id,
  hash @bytes NOT NULL UNIQUE,
  created bigint NOT NULL,
  expires bigint NOT NULL
);
CREATE INDEX guest_pass_by_expiry ON guest_pass (expires);

CREATE TABLE guest_pass_link (
  pass bigint NOT NULL REFERENCES guest_pass (id) ON DELETE CASCADE,
  link bigint NOT NULL REFERENCES guest_link (id) ON DELETE CASCADE,
  opened bigint NOT NULL,
  PRIMARY KEY (pass, link)
);
CREATE INDEX guest_pass_link_by_link ON guest_pass_link (link);

-- grant_key: the row it names * 8 + its kind (audience/grant.h). That row stands once more in circle, person or
-- link, so that a grant never outlives what it names. author and published are the item's, published only
-- while it is published: lists run along these two indexes and never read an item that they do not show.
CREATE TABLE grants (
  item bigint NOT NULL REFERENCES item (id) ON DELETE CASCADE,
  grant_key bigint NOT NULL,
  past_gate @bool NOT NULL,
  author bigint NOT NULL,
  published bigint,
  circle bigint REFERENCES circle (id) ON DELETE CASCADE,
  person bigint REFERENCES person (id) ON DELETE CASCADE,
  link bigint REFERENCES guest_link (id) ON DELETE CASCADE,
  PRIMARY KEY (item, grant_key)
);
CREATE INDEX grants_newest ON grants (grant_key, published DESC, item DESC) WHERE published IS NOT NULL;
CREATE INDEX grants_of_author ON grants (author, grant_key, published, item) WHERE published IS NOT NULL;
CREATE INDEX grants_by_circle ON grants (circle) WHERE circle IS NOT NULL;
CREATE INDEX grants_by_person ON grants (person) WHERE person IS NOT NULL;
CREATE INDEX grants_by_link ON grants (link) WHERE link IS NOT NULL;

-- accepted: 1 the descriptions only, 2 all.
CREATE TABLE gate_acceptance (
  item bigint NOT NULL REFERENCES item (id) ON DELETE CASCADE,
  person bigint NOT NULL REFERENCES person (id) ON DELETE CASCADE,
  gate_version bigint NOT NULL,
  accepted bigint NOT NULL,
  PRIMARY KEY (item, person)
);
CREATE INDEX gate_acceptance_by_person ON gate_acceptance (person);

CREATE TABLE block (
  by_person bigint NOT NULL REFERENCES person (id) ON DELETE CASCADE,
  person bigint NOT NULL REFERENCES person (id) ON DELETE CASCADE,
  since bigint NOT NULL,
  PRIMARY KEY (by_person, person)
);
CREATE INDEX block_by_other ON block (person, by_person);

CREATE TABLE quiet (
  person bigint PRIMARY KEY REFERENCES person (id) ON DELETE CASCADE,
  since bigint NOT NULL
);

CREATE TABLE visibility_epoch (
  id bigint PRIMARY KEY CHECK (id = 1),
  epoch bigint NOT NULL
);
INSERT INTO visibility_epoch (id, epoch) VALUES (1, 1);
