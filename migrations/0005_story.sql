-- What stories say. Who may see them, their state and the photos they hold stand in item, grants and holds.

-- notes: one a line. topics: parted by spaces. comments: 0 nobody, 1 named, 2 readers.
CREATE TABLE story (
  item bigint PRIMARY KEY REFERENCES item (id) ON DELETE CASCADE,
  public_id @bytes NOT NULL UNIQUE,
  author bigint NOT NULL REFERENCES person (id) ON DELETE CASCADE,
  title @text NOT NULL,
  lang @text NOT NULL,
  body @text NOT NULL,
  author_note @text NOT NULL,
  notes @text NOT NULL,
  topics @text NOT NULL,
  comments bigint NOT NULL,
  version bigint NOT NULL,
  created bigint NOT NULL,
  changed bigint NOT NULL,
  trashed_at bigint
);
CREATE INDEX story_by_author ON story (author, item);
CREATE INDEX story_in_trash ON story (trashed_at) WHERE trashed_at IS NOT NULL;

-- place: from 0, in the order of the story.
CREATE TABLE story_photo (
  item bigint NOT NULL REFERENCES story (item) ON DELETE CASCADE,
  place bigint NOT NULL,
  photo bigint NOT NULL REFERENCES photo (id) ON DELETE CASCADE,
  alt @text NOT NULL,
  caption @text NOT NULL,
  credit @text NOT NULL,
  PRIMARY KEY (item, place)
);
CREATE INDEX story_photo_by_photo ON story_photo (photo);
