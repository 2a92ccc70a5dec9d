-- Work to be done once a write is durable, written in the same transaction. `leased` is until when a runner
-- holds the job; after that another may take it.
CREATE TABLE job (
  id @id,
  kind @text NOT NULL,
  payload @text NOT NULL,
  due bigint NOT NULL,
  leased bigint NOT NULL DEFAULT 0,
  attempts bigint NOT NULL DEFAULT 0
);
CREATE INDEX job_by_due ON job (due);

-- What runs again and again, on one node at a time.
CREATE TABLE periodic_job (
  name @text PRIMARY KEY,
  due bigint NOT NULL,
  leased bigint NOT NULL DEFAULT 0
);
