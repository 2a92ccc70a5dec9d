-- How a photo is shown, where that is not as it came; the original never changes. straighten: in hundredths of a
-- degree, clockwise. crop_*: in ten thousandths of the width or the height of what is left after straightening.
CREATE TABLE look (
  photo bigint PRIMARY KEY REFERENCES photo (id) ON DELETE CASCADE,
  quarter_turns bigint NOT NULL,
  straighten bigint NOT NULL,
  crop_left bigint NOT NULL,
  crop_top bigint NOT NULL,
  crop_width bigint NOT NULL,
  crop_height bigint NOT NULL,
  black_and_white @bool NOT NULL
);

-- width and height of a photo are those of what is shown of it, and so is its placeholder, a ThumbHash.
ALTER TABLE photo ADD COLUMN placeholder @bytes;

-- Renditions have one encoding more: 2 AVIF. photo.avif: 0 they are still to be made, 1 they were or cannot be.
ALTER TABLE photo ADD COLUMN avif bigint NOT NULL DEFAULT 0;
CREATE INDEX photo_without_avif ON photo (id) WHERE avif = 0 AND width > 0;
