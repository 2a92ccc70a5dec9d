-- What a host looks after.

-- signed_in: the day of the last sign-in, as its first moment in UTC. removed: since when the host has removed
-- them; they are suspended as well, and gone for good thirty days later.
ALTER TABLE person ADD COLUMN signed_in bigint;
ALTER TABLE person ADD COLUMN removed bigint;
UPDATE person SET signed_in =
  (SELECT max(s.created) - max(s.created) % 86400000000 FROM session s WHERE s.person = person.id);
CREATE INDEX person_by_removal ON person (removed) WHERE removed IS NOT NULL;

-- A person is quiet for as long as there is a reason: 0 they pause, 1 they are suspended.
ALTER TABLE quiet RENAME TO quiet_before;
CREATE TABLE quiet (
  person bigint NOT NULL REFERENCES person (id) ON DELETE CASCADE,
  reason bigint NOT NULL,
  since bigint NOT NULL,
  CONSTRAINT quiet_for_a_reason PRIMARY KEY (person, reason)
);
INSERT INTO quiet (person, reason, since) SELECT person, 0, since FROM quiet_before;
INSERT INTO quiet (person, reason, since) SELECT id, 1, suspended FROM person WHERE suspended IS NOT NULL;
DROP TABLE quiet_before;

-- What each person's photos take, originals and renditions together, before they are encrypted.
CREATE TABLE kept (
  person bigint PRIMARY KEY REFERENCES person (id) ON DELETE CASCADE,
  photos bigint NOT NULL,
  bytes bigint NOT NULL
);
INSERT INTO kept (person, photos, bytes)
  SELECT p.owner, count(*), sum(b.size + COALESCE((SELECT sum(made.size) FROM rendition r
                                                     JOIN blob made ON made.id = r.blob WHERE r.photo = p.id), 0))
  FROM photo p JOIN blob b ON b.id = p.original GROUP BY p.owner;

-- The most bytes that a person's photos may take, and that of everybody for whom none is set: at most one row.
CREATE TABLE quota (
  person bigint PRIMARY KEY REFERENCES person (id) ON DELETE CASCADE,
  bytes bigint NOT NULL
);
CREATE TABLE standard_quota (
  id bigint PRIMARY KEY CHECK (id = 1),
  bytes bigint NOT NULL
);

-- What the host says in their own words, as Markdown. kind: 0 how to reach them, 1 privacy, 2 help.
CREATE TABLE house_text (
  kind bigint PRIMARY KEY,
  lang @text NOT NULL,
  body @text NOT NULL,
  changed bigint NOT NULL
);

-- Counts and bytes of a day and nothing else. day: days since 1970 in UTC. The sizes are those last measured
-- on that day.
CREATE TABLE daily_figure (
  day bigint PRIMARY KEY,
  requests bigint NOT NULL DEFAULT 0,
  failures bigint NOT NULL DEFAULT 0,
  photo_bytes bigint,
  database_bytes bigint,
  free_bytes bigint
);

-- When something that keeps the place safe was last done. kind: 0 a backup, 1 a verification.
CREATE TABLE upkeep (
  kind bigint PRIMARY KEY,
  at bigint NOT NULL,
  sound @bool NOT NULL
);
