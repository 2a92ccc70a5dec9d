-- Persons, how they get in, and what happened to their accounts. Secrets are kept as SHA-256 alone.

CREATE TABLE person (
  id @id,
  name @text NOT NULL UNIQUE,
  display_name @text NOT NULL,
  password_hash @text NOT NULL,
  host @bool NOT NULL,
  created bigint NOT NULL,
  suspended bigint
);

CREATE TABLE session (
  id @id,
  public_id @bytes NOT NULL UNIQUE,
  person bigint NOT NULL REFERENCES person (id) ON DELETE CASCADE,
  hash @bytes NOT NULL UNIQUE,
  label @text NOT NULL,
  created bigint NOT NULL,
  last_seen bigint NOT NULL,
  expires bigint NOT NULL
);
CREATE INDEX session_by_person ON session (person);
CREATE INDEX session_by_expiry ON session (expires);

CREATE TABLE personal_token (
  id @id,
  public_id @bytes NOT NULL UNIQUE,
  person bigint NOT NULL REFERENCES person (id) ON DELETE CASCADE,
  hash @bytes NOT NULL UNIQUE,
  label @text NOT NULL,
  created bigint NOT NULL,
  last_used bigint
);
CREATE INDEX personal_token_by_person ON personal_token (person);

-- `circle` names a circle without a reference: circles belong to audience.
CREATE TABLE invitation (
  id @id,
  public_id @bytes NOT NULL UNIQUE,
  hash @bytes NOT NULL UNIQUE,
  made_by bigint REFERENCES person (id) ON DELETE CASCADE,
  circle bigint,
  created bigint NOT NULL,
  expires bigint NOT NULL,
  used bigint,
  used_by bigint REFERENCES person (id) ON DELETE SET NULL
);
CREATE INDEX invitation_by_maker ON invitation (made_by, id);
CREATE INDEX invitation_by_user ON invitation (used_by);

CREATE TABLE recovery_code (
  id @id,
  person bigint NOT NULL REFERENCES person (id) ON DELETE CASCADE,
  hash @bytes NOT NULL,
  UNIQUE (person, hash)
);

-- kind 0: setup link, without a person; kind 1: recovery link.
CREATE TABLE one_time_link (
  id @id,
  kind bigint NOT NULL,
  hash @bytes NOT NULL UNIQUE,
  person bigint REFERENCES person (id) ON DELETE CASCADE,
  created bigint NOT NULL,
  expires bigint
);
CREATE INDEX one_time_link_by_person ON one_time_link (person);

CREATE TABLE setup_state (
  id bigint PRIMARY KEY CHECK (id = 1),
  phrase_confirmed bigint NOT NULL
);

CREATE TABLE account_event (
  id @id,
  person bigint NOT NULL REFERENCES person (id) ON DELETE CASCADE,
  event bigint NOT NULL,
  at bigint NOT NULL
);
CREATE INDEX account_event_by_person ON account_event (person, id);
