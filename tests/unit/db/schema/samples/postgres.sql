CREATE TABLE accepted_answers (
    owner character varying NOT NULL COLLATE pg_catalog."C",
    comparison_id character varying NOT NULL COLLATE pg_catalog."C",
    question integer NOT NULL,
    letter character varying NOT NULL COLLATE pg_catalog."C",
    answer text NOT NULL COLLATE pg_catalog."C"
);
CREATE TABLE attempts (
    owner character varying NOT NULL COLLATE pg_catalog."C",
    id character varying NOT NULL COLLATE pg_catalog."C",
    conversation_id character varying NOT NULL COLLATE pg_catalog."C",
    message_id character varying NOT NULL COLLATE pg_catalog."C",
    number integer NOT NULL,
    outcome character varying NOT NULL COLLATE pg_catalog."C",
    started_at timestamp with time zone NOT NULL,
    heartbeat_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    cost character varying(64),
    usage_source character varying NOT NULL COLLATE pg_catalog."C",
    input_tokens bigint,
    cached_tokens bigint,
    output_tokens bigint,
    reasoning_tokens bigint,
    estimated_input_tokens bigint,
    estimated_cost character varying(64),
    endpoint text NOT NULL COLLATE pg_catalog."C",
    host text NOT NULL COLLATE pg_catalog."C",
    model text NOT NULL COLLATE pg_catalog."C",
    model_answered text COLLATE pg_catalog."C",
    streamed boolean,
    finish_reason text COLLATE pg_catalog."C",
    code character varying COLLATE pg_catalog."C",
    status integer,
    request_id text COLLATE pg_catalog."C",
    attempts integer NOT NULL,
    ms_first bigint,
    ms_total bigint,
    prices json NOT NULL,
    parameters json NOT NULL,
    left_out json NOT NULL,
    error_data json NOT NULL,
    text text NOT NULL COLLATE pg_catalog."C",
    stop_asked boolean DEFAULT false NOT NULL
);
CREATE TABLE comparison_cells (
    owner character varying NOT NULL COLLATE pg_catalog."C",
    id character varying NOT NULL COLLATE pg_catalog."C",
    comparison_id character varying NOT NULL COLLATE pg_catalog."C",
    "position" integer NOT NULL,
    question integer NOT NULL,
    "column" integer NOT NULL,
    repeat integer NOT NULL,
    state character varying NOT NULL COLLATE pg_catalog."C",
    outcome character varying COLLATE pg_catalog."C",
    cost character varying(64),
    usage_source character varying NOT NULL COLLATE pg_catalog."C",
    input_tokens bigint,
    cached_tokens bigint,
    output_tokens bigint,
    reasoning_tokens bigint,
    estimated_input_tokens bigint,
    estimated_cost character varying(64),
    model_answered text COLLATE pg_catalog."C",
    streamed boolean,
    finish_reason text COLLATE pg_catalog."C",
    code character varying COLLATE pg_catalog."C",
    status integer,
    request_id text COLLATE pg_catalog."C",
    attempts integer NOT NULL,
    ms_first bigint,
    ms_total bigint,
    letters json NOT NULL,
    prices json NOT NULL,
    left_out json NOT NULL,
    error_data json NOT NULL,
    text text NOT NULL COLLATE pg_catalog."C",
    stop_asked boolean DEFAULT false NOT NULL
);
CREATE TABLE comparison_images (
    owner character varying NOT NULL COLLATE pg_catalog."C",
    comparison_id character varying NOT NULL COLLATE pg_catalog."C",
    "position" integer NOT NULL,
    letter character varying NOT NULL COLLATE pg_catalog."C",
    hash character varying NOT NULL COLLATE pg_catalog."C",
    detail character varying NOT NULL COLLATE pg_catalog."C",
    as_is boolean NOT NULL,
    first_frame boolean NOT NULL,
    original_width bigint,
    original_height bigint,
    scale integer NOT NULL,
    box json,
    variant character varying NOT NULL COLLATE pg_catalog."C",
    name text NOT NULL COLLATE pg_catalog."C"
);
CREATE TABLE comparisons (
    owner character varying NOT NULL COLLATE pg_catalog."C",
    id character varying NOT NULL COLLATE pg_catalog."C",
    created_at timestamp with time zone NOT NULL,
    heartbeat_at timestamp with time zone NOT NULL,
    mode character varying NOT NULL COLLATE pg_catalog."C",
    "order" character varying NOT NULL COLLATE pg_catalog."C",
    pair_id character varying COLLATE pg_catalog."C",
    repeats integer NOT NULL,
    again boolean NOT NULL,
    lang character varying NOT NULL COLLATE pg_catalog."C",
    title text NOT NULL COLLATE pg_catalog."C",
    models json NOT NULL,
    parameters json NOT NULL,
    questions json NOT NULL
);
CREATE TABLE conversations (
    owner character varying NOT NULL COLLATE pg_catalog."C",
    id character varying NOT NULL COLLATE pg_catalog."C",
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    messages integer NOT NULL,
    images integer NOT NULL,
    first_image character varying COLLATE pg_catalog."C",
    model text NOT NULL COLLATE pg_catalog."C",
    title text NOT NULL COLLATE pg_catalog."C",
    starred boolean DEFAULT false NOT NULL,
    cost double precision DEFAULT '0'::double precision NOT NULL,
    deleted_at timestamp with time zone
);
CREATE TABLE image_texts (
    owner character varying NOT NULL COLLATE pg_catalog."C",
    hash character varying NOT NULL COLLATE pg_catalog."C",
    text text NOT NULL COLLATE pg_catalog."C"
);
CREATE TABLE images (
    owner character varying NOT NULL COLLATE pg_catalog."C",
    hash character varying NOT NULL COLLATE pg_catalog."C",
    media_type character varying NOT NULL COLLATE pg_catalog."C",
    bytes bigint NOT NULL,
    thumbnail bytea NOT NULL,
    content bytea NOT NULL
);
CREATE TABLE message_images (
    owner character varying NOT NULL COLLATE pg_catalog."C",
    message_id character varying NOT NULL COLLATE pg_catalog."C",
    "position" integer NOT NULL,
    conversation_id character varying NOT NULL COLLATE pg_catalog."C",
    hash character varying COLLATE pg_catalog."C",
    name text NOT NULL COLLATE pg_catalog."C",
    detail character varying NOT NULL COLLATE pg_catalog."C",
    width bigint,
    height bigint,
    original_width bigint,
    original_height bigint,
    tokens bigint,
    url text COLLATE pg_catalog."C",
    as_is boolean NOT NULL,
    first_frame boolean NOT NULL
);
CREATE TABLE messages (
    owner character varying NOT NULL COLLATE pg_catalog."C",
    id character varying NOT NULL COLLATE pg_catalog."C",
    conversation_id character varying NOT NULL COLLATE pg_catalog."C",
    parent_id character varying COLLATE pg_catalog."C",
    "position" integer NOT NULL,
    role character varying NOT NULL COLLATE pg_catalog."C",
    created_at timestamp with time zone NOT NULL,
    text text NOT NULL COLLATE pg_catalog."C"
);
CREATE TABLE people (
    owner character varying NOT NULL COLLATE pg_catalog."C",
    role character varying COLLATE pg_catalog."C",
    off boolean NOT NULL,
    signed_in_at timestamp with time zone NOT NULL,
    signed_out_before timestamp with time zone,
    first_seen timestamp with time zone NOT NULL,
    last_seen timestamp with time zone NOT NULL,
    issuer text NOT NULL COLLATE pg_catalog."C",
    subject text NOT NULL COLLATE pg_catalog."C",
    email text NOT NULL COLLATE pg_catalog."C",
    name text NOT NULL COLLATE pg_catalog."C"
);
CREATE TABLE scenarios (
    owner character varying NOT NULL COLLATE pg_catalog."C",
    id character varying NOT NULL COLLATE pg_catalog."C",
    name text NOT NULL COLLATE pg_catalog."C",
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    params text NOT NULL COLLATE pg_catalog."C"
);
CREATE TABLE search_keys (
    number integer NOT NULL,
    owner character varying NOT NULL COLLATE pg_catalog."C",
    conversation_id character varying NOT NULL COLLATE pg_catalog."C"
);
CREATE SEQUENCE search_keys_number_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE search_keys_number_seq OWNED BY search_keys.number;
CREATE TABLE search_words (
    owner character varying NOT NULL COLLATE pg_catalog."C",
    number bigint NOT NULL,
    part integer NOT NULL,
    piece integer NOT NULL,
    words tsvector NOT NULL
);
CREATE TABLE shares (
    owner character varying NOT NULL COLLATE pg_catalog."C",
    id character varying NOT NULL COLLATE pg_catalog."C",
    hash character varying NOT NULL COLLATE pg_catalog."C",
    kind character varying NOT NULL COLLATE pg_catalog."C",
    target_id character varying NOT NULL COLLATE pg_catalog."C",
    created_at timestamp with time zone NOT NULL,
    ends_at timestamp with time zone NOT NULL,
    revoked_at timestamp with time zone,
    with_costs boolean NOT NULL,
    with_names boolean NOT NULL,
    person text NOT NULL COLLATE pg_catalog."C"
);
CREATE TABLE tags (
    owner character varying NOT NULL COLLATE pg_catalog."C",
    conversation_id character varying NOT NULL COLLATE pg_catalog."C",
    tag text NOT NULL COLLATE pg_catalog."C"
);
CREATE TABLE team_visible (
    owner character varying NOT NULL COLLATE pg_catalog."C",
    conversation_id character varying NOT NULL COLLATE pg_catalog."C",
    since timestamp with time zone NOT NULL,
    name text NOT NULL COLLATE pg_catalog."C"
);
CREATE TABLE tuwen_schema (
    version integer NOT NULL
);
CREATE TABLE usage_events (
    owner character varying NOT NULL COLLATE pg_catalog."C",
    id character varying NOT NULL COLLATE pg_catalog."C",
    at timestamp with time zone NOT NULL,
    beat_at timestamp with time zone NOT NULL,
    state character varying NOT NULL COLLATE pg_catalog."C",
    kind character varying NOT NULL COLLATE pg_catalog."C",
    images integer NOT NULL,
    amount bigint NOT NULL,
    priced boolean NOT NULL,
    estimated_cost character varying(64),
    cost character varying(64),
    input_tokens bigint,
    output_tokens bigint,
    subject character varying NOT NULL COLLATE pg_catalog."C",
    endpoint text NOT NULL COLLATE pg_catalog."C",
    host text NOT NULL COLLATE pg_catalog."C",
    model text NOT NULL COLLATE pg_catalog."C"
);
CREATE TABLE votes (
    owner character varying NOT NULL COLLATE pg_catalog."C",
    slug character varying NOT NULL COLLATE pg_catalog."C",
    lang character varying NOT NULL COLLATE pg_catalog."C",
    helpful boolean NOT NULL,
    at timestamp with time zone NOT NULL
);
CREATE TABLE wrong_passwords (
    id character varying NOT NULL COLLATE pg_catalog."C",
    place character varying NOT NULL COLLATE pg_catalog."C",
    count integer NOT NULL,
    at timestamp with time zone NOT NULL
);
ALTER TABLE ONLY search_keys ALTER COLUMN number SET DEFAULT nextval('search_keys_number_seq'::regclass);
INSERT INTO accepted_answers VALUES ('me', 'cmp1', 0, '', '7');
INSERT INTO attempts VALUES ('me', 't1', 'c1', 'a1', 1, 'failed', '2026-03-01 12:00:00.123456+00', '2026-03-01 12:00:00.123456+00', '2026-03-01 12:00:00.123456+00', NULL, 'none', NULL, NULL, NULL, NULL, 801, '0.00120150', 'Local', '127.0.0.1:8000', 'llava', NULL, NULL, NULL, 'upstream', 529, NULL, 1, NULL, NULL, '{"input": "1.50", "output": "6.00"}', '{"temperature": 0.2, "system": "\u770b\u56fe"}', '[]', '{}', '', false);
INSERT INTO attempts VALUES ('me', 't1b', 'c1', 'a1', 2, 'ok', '2026-03-01 12:00:00.123456+00', '2026-03-01 12:00:00.123456+00', '2026-03-01 12:00:00.123456+00', '0.0012', 'reported', 800, 128, 7, NULL, 801, '0.00120150', 'Local', '127.0.0.1:8000', 'llava', 'llava-1.6', NULL, NULL, NULL, NULL, NULL, 1, NULL, NULL, '{"input": "1.50", "output": "6.00"}', '{"temperature": 0.2, "system": "\u770b\u56fe"}', '[]', '{}', '<think>It is red.</think>A red square of me.', false);
INSERT INTO attempts VALUES ('you', 't1', 'c1', 'a1', 1, 'failed', '2026-03-01 12:00:00.123456+00', '2026-03-01 12:01:00.123456+00', '2026-03-01 12:01:00.123456+00', NULL, 'none', NULL, NULL, NULL, NULL, 801, '0.00120150', 'Local', '127.0.0.1:8000', 'llava', NULL, NULL, NULL, 'upstream', 529, NULL, 1, NULL, NULL, '{"input": "1.50", "output": "6.00"}', '{"temperature": 0.2, "system": "\u770b\u56fe"}', '[]', '{}', '', false);
INSERT INTO attempts VALUES ('you', 't1b', 'c1', 'a1', 2, 'ok', '2026-03-01 12:00:00.123456+00', '2026-03-01 12:01:00.123456+00', '2026-03-01 12:01:00.123456+00', '0.0012', 'reported', 800, 128, 7, NULL, 801, '0.00120150', 'Local', '127.0.0.1:8000', 'llava', 'llava-1.6', NULL, NULL, NULL, NULL, NULL, 1, NULL, NULL, '{"input": "1.50", "output": "6.00"}', '{"temperature": 0.2, "system": "\u770b\u56fe"}', '[]', '{}', '<think>It is red.</think>A red square of you.', false);
INSERT INTO attempts VALUES ('me', 't2', 'c1', 'a2', 1, 'ok', '2026-03-01 12:00:00.123456+00', '2026-03-01 12:02:00.123456+00', '2026-03-01 12:02:00.123456+00', '0.0003', 'estimated', NULL, NULL, NULL, NULL, 801, '0.00120150', 'Local', '127.0.0.1:8000', 'llava', NULL, NULL, NULL, NULL, NULL, NULL, 1, NULL, NULL, '{"input": "1.50", "output": "6.00"}', '{"temperature": 0.2, "system": "\u770b\u56fe"}', '[]', '{}', '42 euros.', false);
INSERT INTO attempts VALUES ('me', 't3', 'c3', 'a3', 1, 'stopped', '2026-03-01 12:00:00.123456+00', '2026-03-01 12:02:00.123456+00', '2026-03-01 12:02:00.123456+00', NULL, 'none', NULL, NULL, NULL, NULL, 801, '0.00120150', 'Local', '127.0.0.1:8000', 'llava', NULL, NULL, NULL, NULL, NULL, NULL, 1, NULL, NULL, '{"input": "1.50", "output": "6.00"}', '{"temperature": 0.2, "system": "\u770b\u56fe"}', '[]', '{}', 'A bl', false);
INSERT INTO comparison_cells VALUES ('me', 'cell1-1', 'cmp1', 1, 0, 1, 1, 'waiting', NULL, NULL, 'none', NULL, NULL, NULL, NULL, 800, '0.002', NULL, NULL, NULL, NULL, NULL, NULL, 1, NULL, NULL, '["A"]', '{"input": "2.50"}', '[]', '{}', '', false);
INSERT INTO comparison_cells VALUES ('me', 'cell1-2', 'cmp1', 2, 0, 0, 1, 'waiting', NULL, NULL, 'none', NULL, NULL, NULL, NULL, 800, '0.002', NULL, NULL, NULL, NULL, NULL, NULL, 1, NULL, NULL, '["B"]', '{"input": "2.50"}', '[]', '{}', '', false);
INSERT INTO comparison_cells VALUES ('me', 'cell1-3', 'cmp1', 3, 0, 1, 1, 'waiting', NULL, NULL, 'none', NULL, NULL, NULL, NULL, 800, '0.002', NULL, NULL, NULL, NULL, NULL, NULL, 1, NULL, NULL, '["B"]', '{"input": "2.50"}', '[]', '{}', '', false);
INSERT INTO comparison_cells VALUES ('me', 'cell1-0', 'cmp1', 0, 0, 0, 1, 'ok', 'ok', '0.002', 'none', NULL, NULL, NULL, NULL, 800, '0.002', NULL, NULL, NULL, NULL, NULL, NULL, 1, NULL, NULL, '["A"]', '{"input": "2.50"}', '[]', '{}', 'A cat.', false);
INSERT INTO comparison_images VALUES ('me', 'cmp1', 0, 'A', '440a104eadb5f3fe6419109868643df7c5a930c5e05c531dd235d392fc540404', 'auto', false, false, 640, 480, 100, 'null', '', 'a.png');
INSERT INTO comparison_images VALUES ('me', 'cmp1', 1, 'B', '5dbf0e5a829999606a3c417cabca0f342e602988aedc983e6a61406eb0d177a6', 'auto', false, false, 640, 480, 100, 'null', '', 'b.png');
INSERT INTO comparisons VALUES ('me', 'cmp1', '2026-03-01 12:00:00+00', '2026-03-01 12:02:00.123456+00', 'each', 'given', 'cmp0', 1, false, 'zh', '哪张更清楚？', '[{"endpoint": "Local", "host": "127.0.0.1:8000", "model": "llava"}, {"endpoint": "openai", "host": "api.openai.com", "model": "gpt-4o"}]', '{"temperature": 0.0, "system": "\u770b\u56fe"}', '["\u54ea\u5f20\u66f4\u6e05\u695a\uff1f"]');
INSERT INTO conversations VALUES ('you', 'c1', '2026-03-01 12:00:00.123456+00', '2026-03-01 12:01:00.123456+00', 2, 1, 'be21aef17f0baf04b1bf148f8a23bda4e879b346a64637fdd711bea012e646a8', 'llava', '图片里有什么', false, 0.0012, NULL);
INSERT INTO conversations VALUES ('me', 'c1', '2026-03-01 12:00:00.123456+00', '2026-03-01 12:02:00.123456+00', 4, 1, 'be21aef17f0baf04b1bf148f8a23bda4e879b346a64637fdd711bea012e646a8', 'llava', '图片里有什么', true, 0.0015, NULL);
INSERT INTO conversations VALUES ('me', 'c3', '2026-03-01 12:00:00.123456+00', '2026-03-01 12:02:00.123456+00', 2, 2, '548c752266def8c110bdce0cb60c3095427d099a2d8b33100e11fc484cc1a4c3', 'llava', 'Deleted', false, 0, '2026-03-01 12:02:00.123456+00');
INSERT INTO image_texts VALUES ('me', 'be21aef17f0baf04b1bf148f8a23bda4e879b346a64637fdd711bea012e646a8', 'ROT 17');
INSERT INTO images VALUES ('me', 'be21aef17f0baf04b1bf148f8a23bda4e879b346a64637fdd711bea012e646a8', 'image/png', 79, '\x89504e470d0a1a0a0000000d4948445200000002000000020802000000fdd49a730000001649444154789c63fccfc0c0c0c0c0c4c0c0c0c0c000000d1d01036ac29be90000000049454e44ae426082', '\x89504e470d0a1a0a0000000d4948445200000002000000020802000000fdd49a730000001649444154789c63fccfc0c0c0c0c0c4c0c0c0c0c000000d1d01036ac29be90000000049454e44ae426082');
INSERT INTO images VALUES ('you', 'be21aef17f0baf04b1bf148f8a23bda4e879b346a64637fdd711bea012e646a8', 'image/png', 79, '\x89504e470d0a1a0a0000000d4948445200000002000000020802000000fdd49a730000001649444154789c63fccfc0c0c0c0c0c4c0c0c0c0c000000d1d01036ac29be90000000049454e44ae426082', '\x89504e470d0a1a0a0000000d4948445200000002000000020802000000fdd49a730000001649444154789c63fccfc0c0c0c0c0c4c0c0c0c0c000000d1d01036ac29be90000000049454e44ae426082');
INSERT INTO images VALUES ('me', '548c752266def8c110bdce0cb60c3095427d099a2d8b33100e11fc484cc1a4c3', 'image/png', 79, '\x89504e470d0a1a0a0000000d4948445200000002000000020802000000fdd49a730000001649444154789c636460f8cfc0c0c0c4c0c0c0c0c000000b1f01039885977e0000000049454e44ae426082', '\x89504e470d0a1a0a0000000d4948445200000002000000020802000000fdd49a730000001649444154789c636460f8cfc0c0c0c4c0c0c0c0c000000b1f01039885977e0000000049454e44ae426082');
INSERT INTO images VALUES ('me', '440a104eadb5f3fe6419109868643df7c5a930c5e05c531dd235d392fc540404', 'image/png', 10, '\x736d616c6c2061', '\x636f6d70617265642061');
INSERT INTO images VALUES ('me', '5dbf0e5a829999606a3c417cabca0f342e602988aedc983e6a61406eb0d177a6', 'image/png', 10, '\x736d616c6c2062', '\x636f6d70617265642062');
INSERT INTO message_images VALUES ('me', 'u1', 0, 'c1', 'be21aef17f0baf04b1bf148f8a23bda4e879b346a64637fdd711bea012e646a8', '红.png', 'high', 640, 480, 6400, 4800, 765, NULL, false, false);
INSERT INTO message_images VALUES ('you', 'u1', 0, 'c1', 'be21aef17f0baf04b1bf148f8a23bda4e879b346a64637fdd711bea012e646a8', '红.png', 'high', 640, 480, 6400, 4800, 765, NULL, false, false);
INSERT INTO message_images VALUES ('me', 'u3', 0, 'c3', '548c752266def8c110bdce0cb60c3095427d099a2d8b33100e11fc484cc1a4c3', 'cat.png', 'high', 640, 480, 6400, 4800, 765, NULL, false, false);
INSERT INTO message_images VALUES ('me', 'u3', 1, 'c3', NULL, 'cat.png', 'high', 640, 480, 6400, 4800, 765, 'https://example.org/a.png', false, false);
INSERT INTO messages VALUES ('me', 'u1', 'c1', NULL, 0, 'user', '2026-03-01 12:00:00.123456+00', '这张图片里有什么？');
INSERT INTO messages VALUES ('me', 'a1', 'c1', 'u1', 1, 'assistant', '2026-03-01 12:00:00.123456+00', '');
INSERT INTO messages VALUES ('you', 'u1', 'c1', NULL, 0, 'user', '2026-03-01 12:00:00.123456+00', '这张图片里有什么？');
INSERT INTO messages VALUES ('you', 'a1', 'c1', 'u1', 1, 'assistant', '2026-03-01 12:00:00.123456+00', '');
INSERT INTO messages VALUES ('me', 'u2', 'c1', 'a1', 2, 'user', '2026-03-01 12:00:00.123456+00', 'And the invoice total?');
INSERT INTO messages VALUES ('me', 'a2', 'c1', 'u2', 3, 'assistant', '2026-03-01 12:00:00.123456+00', '');
INSERT INTO messages VALUES ('me', 'u3', 'c3', NULL, 0, 'user', '2026-03-01 12:00:00.123456+00', 'Deleted');
INSERT INTO messages VALUES ('me', 'a3', 'c3', 'u3', 1, 'assistant', '2026-03-01 12:00:00.123456+00', '');
INSERT INTO people VALUES ('me', 'admin', false, '2026-03-01 12:00:00.123456+00', NULL, '2026-03-01 12:02:00.123456+00', '2026-03-01 12:02:00.123456+00', 'https://login.example', '17', 'me@example.org', 'Me');
INSERT INTO scenarios VALUES ('me', 'e159d04a4d7a4655927e3658d71ca850', 'Receipts', '2026-03-01 12:02:00.123456+00', '2026-03-01 12:02:00.123456+00', 'v=1');
INSERT INTO search_keys VALUES (1, 'me', 'c1');
INSERT INTO search_keys VALUES (2, 'you', 'c1');
INSERT INTO search_keys VALUES (3, 'me', 'c3');
INSERT INTO search_words VALUES ('me', 1, 0, 0, '''@o2744ccd10c7533bd736ad890'' ''么'':6 ''什么'':5 ''图片'':1 ''有什'':4 ''片里'':2 ''里有'':3');
INSERT INTO search_words VALUES ('me', 1, 2, 0, '''@o2744ccd10c7533bd736ad890'' ''a'':6 ''is'':3 ''it'':2 ''me'':10 ''of'':9 ''red'':4,7 ''square'':8 ''think'':1,5');
INSERT INTO search_words VALUES ('you', 2, 0, 0, '''@obb0347a468d97e98a9c00e37'' ''么'':6 ''什么'':5 ''图片'':1 ''有什'':4 ''片里'':2 ''里有'':3');
INSERT INTO search_words VALUES ('you', 2, 1, 0, '''@obb0347a468d97e98a9c00e37'' ''么'':8 ''什么'':7 ''图片'':3 ''张图'':2 ''有什'':6 ''片里'':4 ''这张'':1 ''里有'':5');
INSERT INTO search_words VALUES ('you', 2, 2, 0, '''@obb0347a468d97e98a9c00e37'' ''a'':6 ''is'':3 ''it'':2 ''of'':9 ''red'':4,7 ''square'':8 ''think'':1,5 ''you'':10');
INSERT INTO search_words VALUES ('me', 1, 3, 0, '''@o2744ccd10c7533bd736ad890'' ''and'':1 ''invoice'':3 ''the'':2 ''total'':4');
INSERT INTO search_words VALUES ('me', 1, 4, 0, '''42'':1 ''@o2744ccd10c7533bd736ad890'' ''euros'':2');
INSERT INTO search_words VALUES ('me', 3, 0, 0, '''@o2744ccd10c7533bd736ad890'' ''deleted'':1');
INSERT INTO search_words VALUES ('me', 3, 1, 0, '''@o2744ccd10c7533bd736ad890'' ''deleted'':1');
INSERT INTO search_words VALUES ('me', 3, 2, 0, '''@o2744ccd10c7533bd736ad890'' ''a'':1 ''bl'':2');
INSERT INTO search_words VALUES ('me', 1, 1, 0, '''17'':10 ''@o2744ccd10c7533bd736ad890'' ''rot'':9 ''么'':8 ''什么'':7 ''图片'':3 ''张图'':2 ''有什'':6 ''片里'':4 ''这张'':1 ''里有'':5');
INSERT INTO shares VALUES ('me', 's1', '0000000000000000000000000000000000000000000000000000000000000000', 'conversation', 'c1', '2026-03-01 12:00:00.123456+00', '2026-03-08 12:00:00.123456+00', NULL, false, false, '');
INSERT INTO tags VALUES ('me', 'c1', '工作');
INSERT INTO team_visible VALUES ('me', 'c1', '2026-03-01 12:02:00.123456+00', 'Me');
INSERT INTO tuwen_schema VALUES (6);
INSERT INTO usage_events VALUES ('me', 'r1', '2026-03-01 12:02:00.123456+00', '2026-03-01 12:02:00.123456+00', 'settled', 'server', 2, 20000000000, true, '0.01', '0.02', 900, 20, 't1', 'Local', '127.0.0.1:8000', 'llava');
INSERT INTO votes VALUES ('me', 'cost', 'zh', true, '2026-03-01 12:02:00.123456+00');
INSERT INTO wrong_passwords VALUES ('10f93f92d40a4601931b55d65a9c6320', '192.0.2.1', 1, '2026-03-01 12:02:00.123456+00');
SELECT pg_catalog.setval('search_keys_number_seq', 3, true);
ALTER TABLE ONLY accepted_answers
    ADD CONSTRAINT accepted_answers_pkey PRIMARY KEY (owner, comparison_id, question, letter);
ALTER TABLE ONLY attempts
    ADD CONSTRAINT attempts_pkey PRIMARY KEY (owner, id);
ALTER TABLE ONLY comparison_cells
    ADD CONSTRAINT comparison_cells_pkey PRIMARY KEY (owner, id);
ALTER TABLE ONLY comparison_images
    ADD CONSTRAINT comparison_images_pkey PRIMARY KEY (owner, comparison_id, "position");
ALTER TABLE ONLY comparisons
    ADD CONSTRAINT comparisons_pkey PRIMARY KEY (owner, id);
ALTER TABLE ONLY conversations
    ADD CONSTRAINT conversations_pkey PRIMARY KEY (owner, id);
ALTER TABLE ONLY image_texts
    ADD CONSTRAINT image_texts_pkey PRIMARY KEY (owner, hash);
ALTER TABLE ONLY images
    ADD CONSTRAINT images_pkey PRIMARY KEY (owner, hash);
ALTER TABLE ONLY message_images
    ADD CONSTRAINT message_images_pkey PRIMARY KEY (owner, message_id, "position");
ALTER TABLE ONLY messages
    ADD CONSTRAINT messages_pkey PRIMARY KEY (owner, id);
ALTER TABLE ONLY people
    ADD CONSTRAINT people_pkey PRIMARY KEY (owner);
ALTER TABLE ONLY scenarios
    ADD CONSTRAINT scenarios_owner_name_key UNIQUE (owner, name);
ALTER TABLE ONLY scenarios
    ADD CONSTRAINT scenarios_pkey PRIMARY KEY (owner, id);
ALTER TABLE ONLY search_keys
    ADD CONSTRAINT search_keys_owner_conversation_id_key UNIQUE (owner, conversation_id);
ALTER TABLE ONLY search_keys
    ADD CONSTRAINT search_keys_pkey PRIMARY KEY (number);
ALTER TABLE ONLY search_words
    ADD CONSTRAINT search_words_pkey PRIMARY KEY (owner, number, part, piece);
ALTER TABLE ONLY shares
    ADD CONSTRAINT shares_hash_key UNIQUE (hash);
ALTER TABLE ONLY shares
    ADD CONSTRAINT shares_pkey PRIMARY KEY (owner, id);
ALTER TABLE ONLY tags
    ADD CONSTRAINT tags_pkey PRIMARY KEY (owner, conversation_id, tag);
ALTER TABLE ONLY team_visible
    ADD CONSTRAINT team_visible_pkey PRIMARY KEY (owner, conversation_id);
ALTER TABLE ONLY usage_events
    ADD CONSTRAINT usage_events_pkey PRIMARY KEY (owner, id);
ALTER TABLE ONLY votes
    ADD CONSTRAINT votes_pkey PRIMARY KEY (owner, slug);
ALTER TABLE ONLY wrong_passwords
    ADD CONSTRAINT wrong_passwords_pkey PRIMARY KEY (id);
CREATE INDEX attempts_by_conversation ON attempts USING btree (owner, conversation_id);
CREATE INDEX attempts_by_message ON attempts USING btree (owner, message_id);
CREATE INDEX attempts_by_model ON attempts USING btree (owner, model, conversation_id);
CREATE INDEX attempts_by_start ON attempts USING btree (owner, started_at, conversation_id);
CREATE INDEX comparison_cells_in_order ON comparison_cells USING btree (owner, comparison_id, "position");
CREATE INDEX comparison_images_by_hash ON comparison_images USING btree (owner, hash);
CREATE INDEX comparisons_by_pair ON comparisons USING btree (owner, pair_id, created_at, id);
CREATE INDEX comparisons_in_history ON comparisons USING btree (owner, created_at, id);
CREATE INDEX conversations_in_history ON conversations USING btree (owner, deleted_at, updated_at, id);
CREATE INDEX message_images_by_conversation ON message_images USING btree (owner, conversation_id);
CREATE INDEX message_images_by_hash ON message_images USING btree (owner, hash);
CREATE INDEX messages_by_parent ON messages USING btree (owner, parent_id);
CREATE INDEX messages_in_order ON messages USING btree (owner, conversation_id, "position");
CREATE INDEX search_words_by_word ON search_words USING gin (words) WITH (fastupdate=off);
CREATE INDEX shares_by_target ON shares USING btree (owner, kind, target_id);
CREATE INDEX tags_by_name ON tags USING btree (owner, tag, conversation_id);
CREATE INDEX usage_by_owner ON usage_events USING btree (owner, at, state, beat_at, kind, images, amount, priced);
CREATE INDEX usage_by_time ON usage_events USING btree (at, state, beat_at, kind, images, amount, priced);
CREATE INDEX wrong_passwords_by_place ON wrong_passwords USING btree (place, at);
CREATE INDEX wrong_passwords_by_time ON wrong_passwords USING btree (at);
ALTER TABLE ONLY accepted_answers
    ADD CONSTRAINT accepted_answers_owner_comparison_id_fkey FOREIGN KEY (owner, comparison_id) REFERENCES comparisons(owner, id) ON DELETE CASCADE;
ALTER TABLE ONLY attempts
    ADD CONSTRAINT attempts_owner_conversation_id_fkey FOREIGN KEY (owner, conversation_id) REFERENCES conversations(owner, id) ON DELETE CASCADE;
ALTER TABLE ONLY attempts
    ADD CONSTRAINT attempts_owner_message_id_fkey FOREIGN KEY (owner, message_id) REFERENCES messages(owner, id) ON DELETE CASCADE;
ALTER TABLE ONLY comparison_cells
    ADD CONSTRAINT comparison_cells_owner_comparison_id_fkey FOREIGN KEY (owner, comparison_id) REFERENCES comparisons(owner, id) ON DELETE CASCADE;
ALTER TABLE ONLY comparison_images
    ADD CONSTRAINT comparison_images_owner_comparison_id_fkey FOREIGN KEY (owner, comparison_id) REFERENCES comparisons(owner, id) ON DELETE CASCADE;
ALTER TABLE ONLY comparison_images
    ADD CONSTRAINT comparison_images_owner_hash_fkey FOREIGN KEY (owner, hash) REFERENCES images(owner, hash);
ALTER TABLE ONLY image_texts
    ADD CONSTRAINT image_texts_owner_hash_fkey FOREIGN KEY (owner, hash) REFERENCES images(owner, hash) ON DELETE CASCADE;
ALTER TABLE ONLY message_images
    ADD CONSTRAINT message_images_owner_conversation_id_fkey FOREIGN KEY (owner, conversation_id) REFERENCES conversations(owner, id) ON DELETE CASCADE;
ALTER TABLE ONLY message_images
    ADD CONSTRAINT message_images_owner_hash_fkey FOREIGN KEY (owner, hash) REFERENCES images(owner, hash);
ALTER TABLE ONLY message_images
    ADD CONSTRAINT message_images_owner_message_id_fkey FOREIGN KEY (owner, message_id) REFERENCES messages(owner, id) ON DELETE CASCADE;
ALTER TABLE ONLY messages
    ADD CONSTRAINT messages_owner_conversation_id_fkey FOREIGN KEY (owner, conversation_id) REFERENCES conversations(owner, id) ON DELETE CASCADE;
ALTER TABLE ONLY messages
    ADD CONSTRAINT messages_owner_parent_id_fkey FOREIGN KEY (owner, parent_id) REFERENCES messages(owner, id) ON DELETE CASCADE;
ALTER TABLE ONLY search_keys
    ADD CONSTRAINT search_keys_owner_conversation_id_fkey FOREIGN KEY (owner, conversation_id) REFERENCES conversations(owner, id) ON DELETE CASCADE;
ALTER TABLE ONLY tags
    ADD CONSTRAINT tags_owner_conversation_id_fkey FOREIGN KEY (owner, conversation_id) REFERENCES conversations(owner, id) ON DELETE CASCADE;
ALTER TABLE ONLY team_visible
    ADD CONSTRAINT team_visible_owner_conversation_id_fkey FOREIGN KEY (owner, conversation_id) REFERENCES conversations(owner, id) ON DELETE CASCADE;
