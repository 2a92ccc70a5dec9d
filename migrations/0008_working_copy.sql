-- What an author has typed and not yet saved, apart from the story as it stands: readers see nothing of it.
-- form: the fields as the page sends them, as JSON. version: the story's, which every save of this raises.
CREATE TABLE working_copy (
  story bigint PRIMARY KEY REFERENCES story (item) ON DELETE CASCADE,
  version bigint NOT NULL,
  saved bigint NOT NULL,
  form @text NOT NULL
);

-- started: names the form that the story was first typed into, so that sent again it makes no second story.
ALTER TABLE story ADD COLUMN started @bytes;
CREATE UNIQUE INDEX story_by_start ON story (author, started) WHERE started IS NOT NULL;
