-- Plans that are approved, rules that were set aside, and what an office decides for itself.

ALTER TABLE plan ADD COLUMN kind TEXT;

ALTER TABLE plan ADD COLUMN approved_by TEXT;

ALTER TABLE plan ADD COLUMN approved_on TEXT;

ALTER TABLE plan ADD COLUMN approved_fingerprint TEXT;

ALTER TABLE cell ADD COLUMN base_cell_id TEXT REFERENCES cell (id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE cell ADD COLUMN locked INTEGER;

CREATE INDEX cell_base_cell_id ON cell (base_cell_id);

CREATE TABLE rule_exception (
    id TEXT PRIMARY KEY,
    rule TEXT,
    table_name TEXT,
    row_id TEXT,
    other_id TEXT,
    reason TEXT,
    accepted_by TEXT,
    accepted_on TEXT,
    fingerprint TEXT,
    plan_id TEXT REFERENCES plan (id) DEFERRABLE INITIALLY DEFERRED,
    remark TEXT,
    extra TEXT);

CREATE INDEX rule_exception_plan_id ON rule_exception (plan_id);

CREATE TABLE office_setting (
    id TEXT PRIMARY KEY,
    "key" TEXT,
    value TEXT,
    remark TEXT,
    extra TEXT);

CREATE UNIQUE INDEX office_setting_key ON office_setting ("key");
