-- What hosts change about helplines, and what readers say of them.

-- record: the host's own, a line of data/helplines/; none: the program's stands. A line that is hidden is shown to
-- no reader. A row without either is removed.
CREATE TABLE helpline (
  line @text PRIMARY KEY,
  record @text,
  hidden @bool NOT NULL
);

-- Every change, never changed itself. act: 0 kept, 1 hidden, 2 shown again, 3 the host's record taken back. before
-- and after: the record as it stood, shown or not; none where there was none.
CREATE TABLE helpline_trail (
  id @id,
  at bigint NOT NULL,
  person bigint REFERENCES person (id) ON DELETE SET NULL,
  line @text NOT NULL,
  act bigint NOT NULL,
  before @text,
  after @text
);
CREATE INDEX helpline_trail_by_line ON helpline_trail (line, id);
CREATE INDEX helpline_trail_by_person ON helpline_trail (person);

-- How often readers said on a day that a line did not work, and nothing of who did. day: days since 1970 in UTC.
-- trouble: 0 no answer, 1 another's number, 2 other hours, 3 something else.
CREATE TABLE helpline_report (
  line @text NOT NULL,
  day bigint NOT NULL,
  trouble bigint NOT NULL,
  number bigint NOT NULL,
  CONSTRAINT helpline_reports_of_a_day PRIMARY KEY (line, day, trouble)
);
CREATE INDEX helpline_report_by_day ON helpline_report (day);
