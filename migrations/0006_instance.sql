-- What belongs to the instance as a whole: one row. The fingerprint names the instance key under which the
-- photos' keys are wrapped, so that a start with another key is noticed before anything is written under it.
CREATE TABLE instance (
  id bigint PRIMARY KEY CHECK (id = 1),
  key_fingerprint @text NOT NULL
);
