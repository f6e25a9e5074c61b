-- Version 1: the journal, and a table for each word of the design.
-- :epsg is the workspace's CRS. The journal's triggers are written by triggers.py.

CREATE TABLE workspace_info (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

CREATE TABLE migration (
    version INTEGER PRIMARY KEY, applied_at TEXT NOT NULL, program TEXT NOT NULL);

CREATE TABLE column_class (
    table_name TEXT NOT NULL, column_name TEXT NOT NULL,
    sensitivity TEXT NOT NULL CHECK (sensitivity IN ('public', 'internal', 'sensitive')),
    PRIMARY KEY (table_name, column_name)) WITHOUT ROWID;

CREATE TABLE journal_transaction (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    at TEXT NOT NULL,
    author TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('made', 'edit', 'undo', 'redo', 'external')),
    intention_zh TEXT NOT NULL,
    intention_en TEXT NOT NULL,
    undoes INTEGER REFERENCES journal_transaction (seq));

CREATE INDEX journal_transaction_undoes ON journal_transaction (undoes) WHERE undoes NOT NULL;

CREATE TABLE journal (
    entry INTEGER PRIMARY KEY,
    transaction_seq INTEGER NOT NULL REFERENCES journal_transaction (seq),
    table_name TEXT NOT NULL,
    row_id TEXT NOT NULL,
    operation TEXT NOT NULL CHECK (operation IN ('I', 'U', 'D')));

CREATE INDEX journal_by_row ON journal (row_id);

CREATE INDEX journal_by_transaction ON journal (transaction_seq);

CREATE TABLE journal_value (
    entry INTEGER NOT NULL REFERENCES journal (entry),
    column_name TEXT NOT NULL, before, after,
    PRIMARY KEY (entry, column_name)) WITHOUT ROWID;

CREATE TABLE journal_now (open_seq INTEGER);

INSERT INTO journal_now VALUES (NULL);

CREATE TABLE subdistrict (
    id TEXT PRIMARY KEY,
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    imaginary INTEGER,
    emergency_phone TEXT,
    remark TEXT,
    extra TEXT);

SELECT AddGeometryColumn('subdistrict', 'geom', :epsg, 'MULTIPOLYGON', 'XY');

SELECT CreateSpatialIndex('subdistrict', 'geom');

CREATE INDEX subdistrict_code ON subdistrict (code);

CREATE TABLE community (
    id TEXT PRIMARY KEY,
    code TEXT,
    civil_code TEXT,
    name TEXT,
    subdistrict_id TEXT REFERENCES subdistrict (id) DEFERRABLE INITIALLY DEFERRED,
    community_type TEXT,
    urban_rural_code TEXT,
    households INTEGER,
    residents INTEGER,
    remark TEXT,
    extra TEXT);

SELECT AddGeometryColumn('community', 'geom', :epsg, 'MULTIPOLYGON', 'XY');

SELECT CreateSpatialIndex('community', 'geom');

CREATE INDEX community_code ON community (code);

CREATE INDEX community_subdistrict_id ON community (subdistrict_id);

CREATE TABLE compound (
    id TEXT PRIMARY KEY,
    name TEXT,
    address TEXT,
    community_id TEXT REFERENCES community (id) DEFERRABLE INITIALLY DEFERRED,
    built_year INTEGER,
    is_old INTEGER,
    single_owner INTEGER,
    manager TEXT,
    households INTEGER,
    residents INTEGER,
    registered_cars INTEGER,
    night_cars INTEGER,
    parking_spaces INTEGER,
    green_m2 REAL,
    remark TEXT,
    extra TEXT);

SELECT AddGeometryColumn('compound', 'geom', :epsg, 'MULTIPOLYGON', 'XY');

SELECT CreateSpatialIndex('compound', 'geom');

CREATE INDEX compound_community_id ON compound (community_id);

CREATE TABLE building (
    id TEXT PRIMARY KEY,
    name TEXT,
    address TEXT,
    compound_id TEXT REFERENCES compound (id) DEFERRABLE INITIALLY DEFERRED,
    use TEXT,
    floors INTEGER,
    height_m REAL,
    built_year INTEGER,
    entrances INTEGER,
    households INTEGER,
    residents INTEGER,
    remark TEXT,
    extra TEXT);

SELECT AddGeometryColumn('building', 'geom', :epsg, 'MULTIPOLYGON', 'XY');

SELECT CreateSpatialIndex('building', 'geom');

CREATE INDEX building_compound_id ON building (compound_id);

CREATE TABLE document (
    id TEXT PRIMARY KEY,
    number TEXT,
    title TEXT,
    issued_on TEXT,
    issuer TEXT,
    signatory TEXT,
    remark TEXT,
    extra TEXT);

CREATE TABLE plan (
    id TEXT PRIMARY KEY,
    name TEXT,
    state TEXT,
    made_on TEXT,
    in_force_on TEXT,
    document_id TEXT REFERENCES document (id) DEFERRABLE INITIALLY DEFERRED,
    remark TEXT,
    extra TEXT);

CREATE INDEX plan_document_id ON plan (document_id);

CREATE TABLE officer (
    id TEXT PRIMARY KEY,
    name TEXT,
    role TEXT,
    community_id TEXT REFERENCES community (id) DEFERRABLE INITIALLY DEFERRED,
    duty_phone TEXT,
    private_phone TEXT,
    from_on TEXT,
    until_on TEXT,
    remark TEXT,
    extra TEXT);

CREATE INDEX officer_community_id ON officer (community_id);

CREATE TABLE grid (
    id TEXT PRIMARY KEY,
    code TEXT,
    name TEXT,
    community_id TEXT REFERENCES community (id) DEFERRABLE INITIALLY DEFERRED,
    officer_id TEXT REFERENCES officer (id) DEFERRABLE INITIALLY DEFERRED,
    households INTEGER,
    remark TEXT,
    extra TEXT);

SELECT AddGeometryColumn('grid', 'geom', :epsg, 'MULTIPOLYGON', 'XY');

SELECT CreateSpatialIndex('grid', 'geom');

CREATE INDEX grid_code ON grid (code);

CREATE INDEX grid_community_id ON grid (community_id);

CREATE INDEX grid_officer_id ON grid (officer_id);

CREATE TABLE cell (
    id TEXT PRIMARY KEY,
    code TEXT,
    code_scheme TEXT,
    name TEXT,
    community_id TEXT REFERENCES community (id) DEFERRABLE INITIALLY DEFERRED,
    grid_id TEXT REFERENCES grid (id) DEFERRABLE INITIALLY DEFERRED,
    plan_id TEXT REFERENCES plan (id) DEFERRABLE INITIALLY DEFERRED,
    document_id TEXT REFERENCES document (id) DEFERRABLE INITIALLY DEFERRED,
    valid_from TEXT,
    valid_to TEXT,
    households INTEGER,
    land_use_code TEXT,
    management_level TEXT,
    responsible_body TEXT,
    source TEXT,
    source_scale INTEGER,
    remark TEXT,
    extra TEXT);

SELECT AddGeometryColumn('cell', 'geom', :epsg, 'POLYGON', 'XY');

SELECT CreateSpatialIndex('cell', 'geom');

CREATE INDEX cell_code ON cell (code);

CREATE INDEX cell_community_id ON cell (community_id);

CREATE INDEX cell_grid_id ON cell (grid_id);

CREATE INDEX cell_plan_id ON cell (plan_id);

CREATE INDEX cell_document_id ON cell (document_id);

CREATE TABLE cell_lineage (
    id TEXT PRIMARY KEY,
    from_cell_id TEXT REFERENCES cell (id) DEFERRABLE INITIALLY DEFERRED,
    to_cell_id TEXT REFERENCES cell (id) DEFERRABLE INITIALLY DEFERRED,
    kind TEXT,
    changed_on TEXT,
    document_id TEXT REFERENCES document (id) DEFERRABLE INITIALLY DEFERRED,
    remark TEXT,
    extra TEXT);

CREATE INDEX cell_lineage_from_cell_id ON cell_lineage (from_cell_id);

CREATE INDEX cell_lineage_to_cell_id ON cell_lineage (to_cell_id);

CREATE INDEX cell_lineage_document_id ON cell_lineage (document_id);

CREATE TABLE category (
    id TEXT PRIMARY KEY,
    standard TEXT NOT NULL,
    kind TEXT NOT NULL,
    code TEXT NOT NULL,
    parent_code TEXT,
    name TEXT,
    name_en TEXT,
    is_extension INTEGER,
    source TEXT,
    confidence TEXT,
    extra TEXT,
    UNIQUE (standard, kind, code));

CREATE TABLE component (
    id TEXT PRIMARY KEY,
    code TEXT,
    name TEXT,
    category_id TEXT REFERENCES category (id) DEFERRABLE INITIALLY DEFERRED,
    cell_id TEXT REFERENCES cell (id) DEFERRABLE INITIALLY DEFERRED,
    state TEXT,
    in_charge TEXT,
    owner TEXT,
    keeper TEXT,
    from_on TEXT,
    changed_on TEXT,
    remark TEXT,
    extra TEXT);

SELECT AddGeometryColumn('component', 'geom', :epsg, 'POINT', 'XY');

SELECT CreateSpatialIndex('component', 'geom');

CREATE INDEX component_code ON component (code);

CREATE INDEX component_category_id ON component (category_id);

CREATE INDEX component_cell_id ON component (cell_id);

CREATE TABLE defect (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    title TEXT,
    category_id TEXT REFERENCES category (id) DEFERRABLE INITIALLY DEFERRED,
    compound_id TEXT REFERENCES compound (id) DEFERRABLE INITIALLY DEFERRED,
    cell_id TEXT REFERENCES cell (id) DEFERRABLE INITIALLY DEFERRED,
    severity INTEGER,
    state TEXT,
    found_on TEXT,
    found_how TEXT,
    clear_width_m REAL,
    quantity REAL,
    involved TEXT,
    description TEXT,
    remark TEXT,
    extra TEXT);

SELECT AddGeometryColumn('defect', 'geom', :epsg, 'GEOMETRY', 'XY');

SELECT CreateSpatialIndex('defect', 'geom');

CREATE INDEX defect_category_id ON defect (category_id);

CREATE INDEX defect_compound_id ON defect (compound_id);

CREATE INDEX defect_cell_id ON defect (cell_id);

CREATE TABLE case_file (
    id TEXT PRIMARY KEY,
    number TEXT,
    title TEXT,
    category_id TEXT REFERENCES category (id) DEFERRABLE INITIALLY DEFERRED,
    defect_id TEXT REFERENCES defect (id) DEFERRABLE INITIALLY DEFERRED,
    component_id TEXT REFERENCES component (id) DEFERRABLE INITIALLY DEFERRED,
    cell_id TEXT REFERENCES cell (id) DEFERRABLE INITIALLY DEFERRED,
    stage TEXT,
    reported_at TEXT,
    due_at TEXT,
    closed_at TEXT,
    source TEXT,
    complainant TEXT,
    complainant_phone TEXT,
    handled_by TEXT,
    description TEXT,
    remark TEXT,
    extra TEXT);

SELECT AddGeometryColumn('case_file', 'geom', :epsg, 'POINT', 'XY');

SELECT CreateSpatialIndex('case_file', 'geom');

CREATE INDEX case_file_category_id ON case_file (category_id);

CREATE INDEX case_file_defect_id ON case_file (defect_id);

CREATE INDEX case_file_component_id ON case_file (component_id);

CREATE INDEX case_file_cell_id ON case_file (cell_id);

CREATE TABLE case_step (
    id TEXT PRIMARY KEY,
    case_id TEXT REFERENCES case_file (id) DEFERRABLE INITIALLY DEFERRED,
    stage TEXT,
    taken_at TEXT,
    taken_by TEXT,
    note TEXT,
    extra TEXT);

CREATE INDEX case_step_case_id ON case_step (case_id);

CREATE TABLE attachment (
    id TEXT PRIMARY KEY,
    name TEXT,
    sha256 TEXT,
    media_type TEXT,
    size_bytes INTEGER,
    taken_at TEXT,
    owner_table TEXT,
    owner_id TEXT,
    released INTEGER,
    remark TEXT,
    extra TEXT);

CREATE TABLE sensor (
    id TEXT PRIMARY KEY,
    code TEXT,
    name TEXT,
    kind TEXT,
    unit TEXT,
    threshold REAL,
    last_value REAL,
    last_read_at TEXT,
    compound_id TEXT REFERENCES compound (id) DEFERRABLE INITIALLY DEFERRED,
    remark TEXT,
    extra TEXT);

SELECT AddGeometryColumn('sensor', 'geom', :epsg, 'POINT', 'XY');

SELECT CreateSpatialIndex('sensor', 'geom');

CREATE INDEX sensor_code ON sensor (code);

CREATE INDEX sensor_compound_id ON sensor (compound_id);

CREATE TABLE walkway (
    id TEXT PRIMARY KEY,
    name TEXT,
    kind TEXT,
    width_m REAL,
    surface TEXT,
    one_way INTEGER,
    dead_end INTEGER,
    lit INTEGER,
    open_hours TEXT,
    closed_reason TEXT,
    remark TEXT,
    extra TEXT);

SELECT AddGeometryColumn('walkway', 'geom', :epsg, 'LINESTRING', 'XY');

SELECT CreateSpatialIndex('walkway', 'geom');

CREATE TABLE patrol_post (
    id TEXT PRIMARY KEY,
    code TEXT,
    name TEXT,
    what_to_check TEXT,
    service_minutes REAL,
    opens TEXT,
    closes TEXT,
    times_a_week INTEGER,
    cell_id TEXT REFERENCES cell (id) DEFERRABLE INITIALLY DEFERRED,
    remark TEXT,
    extra TEXT);

SELECT AddGeometryColumn('patrol_post', 'geom', :epsg, 'POINT', 'XY');

SELECT CreateSpatialIndex('patrol_post', 'geom');

CREATE INDEX patrol_post_code ON patrol_post (code);

CREATE INDEX patrol_post_cell_id ON patrol_post (cell_id);

CREATE TABLE route (
    id TEXT PRIMARY KEY,
    code TEXT,
    name TEXT,
    shift TEXT,
    officer_id TEXT REFERENCES officer (id) DEFERRABLE INITIALLY DEFERRED,
    grid_id TEXT REFERENCES grid (id) DEFERRABLE INITIALLY DEFERRED,
    length_m REAL,
    minutes REAL,
    remark TEXT,
    extra TEXT);

SELECT AddGeometryColumn('route', 'geom', :epsg, 'LINESTRING', 'XY');

SELECT CreateSpatialIndex('route', 'geom');

CREATE INDEX route_code ON route (code);

CREATE INDEX route_officer_id ON route (officer_id);

CREATE INDEX route_grid_id ON route (grid_id);

CREATE TABLE route_stop (
    id TEXT PRIMARY KEY,
    route_id TEXT REFERENCES route (id) DEFERRABLE INITIALLY DEFERRED,
    position INTEGER,
    post_id TEXT REFERENCES patrol_post (id) DEFERRABLE INITIALLY DEFERRED,
    planned_minute REAL,
    extra TEXT);

CREATE INDEX route_stop_route_id ON route_stop (route_id);

CREATE INDEX route_stop_post_id ON route_stop (post_id);

CREATE TABLE patrol_log (
    id TEXT PRIMARY KEY,
    route_id TEXT REFERENCES route (id) DEFERRABLE INITIALLY DEFERRED,
    officer_id TEXT REFERENCES officer (id) DEFERRABLE INITIALLY DEFERRED,
    started_at TEXT,
    ended_at TEXT,
    finding TEXT,
    result TEXT,
    remark TEXT,
    extra TEXT);

SELECT AddGeometryColumn('patrol_log', 'geom', :epsg, 'MULTILINESTRING', 'XY');

SELECT CreateSpatialIndex('patrol_log', 'geom');

CREATE INDEX patrol_log_route_id ON patrol_log (route_id);

CREATE INDEX patrol_log_officer_id ON patrol_log (officer_id);

CREATE TABLE proposal (
    id TEXT PRIMARY KEY,
    number TEXT,
    title TEXT,
    state TEXT,
    tier TEXT,
    renovation_class TEXT,
    proposer_kind TEXT,
    proposer TEXT,
    proposed_on TEXT,
    cost_yuan REAL,
    fund TEXT,
    deadline_on TEXT,
    publication_text TEXT,
    remark TEXT,
    extra TEXT);

SELECT AddGeometryColumn('proposal', 'geom', :epsg, 'MULTIPOLYGON', 'XY');

SELECT CreateSpatialIndex('proposal', 'geom');

CREATE TABLE ballot (
    id TEXT PRIMARY KEY,
    proposal_id TEXT REFERENCES proposal (id) DEFERRABLE INITIALLY DEFERRED,
    kind TEXT,
    rule TEXT,
    held_on TEXT,
    eligible_heads INTEGER,
    eligible_m2 REAL,
    present_heads INTEGER,
    present_m2 REAL,
    for_heads INTEGER,
    for_m2 REAL,
    against_heads INTEGER,
    against_m2 REAL,
    result TEXT,
    remark TEXT,
    extra TEXT);

CREATE INDEX ballot_proposal_id ON ballot (proposal_id);

CREATE TABLE organisation (
    id TEXT PRIMARY KEY,
    name TEXT,
    kind TEXT,
    services TEXT,
    address TEXT,
    phone TEXT,
    contact TEXT,
    remark TEXT,
    extra TEXT);

SELECT AddGeometryColumn('organisation', 'geom', :epsg, 'POINT', 'XY');

SELECT CreateSpatialIndex('organisation', 'geom');
