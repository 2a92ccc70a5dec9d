-- Ways in beside the password: codes from an app, passkeys, and the devices on which a person signed in before.

-- secret: the key of RFC 6238, sealed under the instance's. confirmed: null until its first code was right.
-- last_step: that of the last code taken; no earlier one is taken again.
CREATE TABLE totp (
  person bigint PRIMARY KEY REFERENCES person (id) ON DELETE CASCADE,
  secret @bytes NOT NULL,
  created bigint NOT NULL,
  confirmed bigint,
  last_step bigint NOT NULL
);

-- handle: what authenticators know the person by, at random. after_password: whether one of the passkeys is
-- asked for after the password.
CREATE TABLE passkey_holder (
  person bigint PRIMARY KEY REFERENCES person (id) ON DELETE CASCADE,
  handle @bytes NOT NULL UNIQUE,
  after_password @bool NOT NULL
);

-- algorithm: as COSE numbers it (RFC 9053). counter: the authenticator's at its last use; 0 where it counts none.
CREATE TABLE passkey (
  id @id,
  public_id @bytes NOT NULL UNIQUE,
  person bigint NOT NULL REFERENCES person (id) ON DELETE CASCADE,
  credential @bytes NOT NULL UNIQUE,
  algorithm bigint NOT NULL,
  public_key @bytes NOT NULL,
  counter bigint NOT NULL,
  label @text NOT NULL,
  created bigint NOT NULL,
  last_used bigint
);
CREATE INDEX passkey_by_person ON passkey (person);

-- Challenges are sealed and kept nowhere; one that was met is kept here until it ends, so that it is met once.
CREATE TABLE used_challenge (
  id @id,
  hash @bytes NOT NULL UNIQUE,
  expires bigint NOT NULL
);
CREATE INDEX used_challenge_by_expiry ON used_challenge (expires);

-- hash: of the secret in that browser's cookie, which changes with each sign-in. noticed: the person's last device
-- that has been shown there, or 0; by its number, which no clock sets back.
CREATE TABLE known_device (
  id @id,
  person bigint NOT NULL REFERENCES person (id) ON DELETE CASCADE,
  hash @bytes NOT NULL,
  label @text NOT NULL,
  created bigint NOT NULL,
  last_seen bigint NOT NULL,
  noticed bigint NOT NULL,
  UNIQUE (person, hash)
);
CREATE INDEX known_device_by_hash ON known_device (hash);
CREATE INDEX known_device_by_use ON known_device (last_seen);

ALTER TABLE session ADD COLUMN device bigint REFERENCES known_device (id) ON DELETE SET NULL;
CREATE INDEX session_by_device ON session (device);
