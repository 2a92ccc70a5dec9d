-- help_at_gate: where to get help is shown before the story too, to whoever comes as far as its gate.
ALTER TABLE story ADD COLUMN help_at_gate @bool NOT NULL DEFAULT false;
