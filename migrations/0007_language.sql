-- The language in which a person wants the pages (BCP 47); empty: as their browser asks.
ALTER TABLE person ADD COLUMN language @text NOT NULL DEFAULT '';
