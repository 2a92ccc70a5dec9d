-- kind: 0 the last verification that came to its end, 1 the server's own that is under way. place: the last row of
-- blob that was looked at; leased: until when a server works at it. missing and damaged: as found, with those
-- repaired. orphans: files that no row names, with those removed. copied, mended: in the mirror, of what was missing
-- and what was damaged there; unmirrored: what could not be. mirror: 0 none, 1 ready, 2 absent, 3 without its mark,
-- 4 somebody else's.
CREATE TABLE verification (
  kind bigint PRIMARY KEY,
  begun bigint NOT NULL,
  ended bigint NOT NULL,
  place bigint NOT NULL,
  leased bigint NOT NULL,
  mirror bigint NOT NULL,
  files bigint NOT NULL,
  bytes bigint NOT NULL,
  missing bigint NOT NULL,
  damaged bigint NOT NULL,
  repaired bigint NOT NULL,
  orphans bigint NOT NULL,
  removed bigint NOT NULL,
  copied bigint NOT NULL,
  mended bigint NOT NULL,
  unmirrored bigint NOT NULL
);

-- The directory that was made the mirror: without its mark it is never filled a second time.
CREATE TABLE mirror (
  id bigint PRIMARY KEY CHECK (id = 1),
  place @text NOT NULL
);
