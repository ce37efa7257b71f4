PRAGMA application_id=1416984430;
PRAGMA user_version=6;
BEGIN TRANSACTION;
CREATE TABLE accepted_answers (
	owner VARCHAR NOT NULL, 
	comparison_id VARCHAR NOT NULL, 
	question INTEGER NOT NULL, 
	letter VARCHAR NOT NULL, 
	answer TEXT NOT NULL, 
	PRIMARY KEY (owner, comparison_id, question, letter), 
	FOREIGN KEY(owner, comparison_id) REFERENCES comparisons (owner, id) ON DELETE CASCADE
);
INSERT INTO "accepted_answers" VALUES('me','cmp1',0,'','7');
CREATE TABLE attempts (
	owner VARCHAR NOT NULL, 
	id VARCHAR NOT NULL, 
	conversation_id VARCHAR NOT NULL, 
	message_id VARCHAR NOT NULL, 
	number INTEGER NOT NULL, 
	outcome VARCHAR NOT NULL, 
	started_at DATETIME NOT NULL, 
	heartbeat_at DATETIME NOT NULL, 
	ended_at DATETIME, 
	cost VARCHAR(64), 
	usage_source VARCHAR NOT NULL, 
	input_tokens BIGINT, 
	cached_tokens BIGINT, 
	output_tokens BIGINT, 
	reasoning_tokens BIGINT, 
	estimated_input_tokens BIGINT, 
	estimated_cost VARCHAR(64), 
	endpoint TEXT NOT NULL, 
	host TEXT NOT NULL, 
	model TEXT NOT NULL, 
	model_answered TEXT, 
	streamed BOOLEAN, 
	finish_reason TEXT, 
	code VARCHAR, 
	status INTEGER, 
	request_id TEXT, 
	attempts INTEGER NOT NULL, 
	ms_first BIGINT, 
	ms_total BIGINT, 
	prices JSON NOT NULL, 
	parameters JSON NOT NULL, 
	left_out JSON NOT NULL, 
	error_data JSON NOT NULL, 
	text TEXT NOT NULL, 
	stop_asked BOOLEAN DEFAULT 0 NOT NULL, 
	PRIMARY KEY (owner, id), 
	FOREIGN KEY(owner, conversation_id) REFERENCES conversations (owner, id) ON DELETE CASCADE, 
	FOREIGN KEY(owner, message_id) REFERENCES messages (owner, id) ON DELETE CASCADE
);
INSERT INTO "attempts" VALUES('me','t1','c1','a1',1,'failed','2026-03-01 12:00:00.123456','2026-03-01 12:00:00.123456','2026-03-01 12:00:00.123456',NULL,'none',NULL,NULL,NULL,NULL,801,'0.00120150','Local','127.0.0.1:8000','llava',NULL,NULL,NULL,'upstream',529,NULL,1,NULL,NULL,'{"input": "1.50", "output": "6.00"}','{"temperature": 0.2, "system": "\u770b\u56fe"}','[]','{}','',0);
INSERT INTO "attempts" VALUES('me','t1b','c1','a1',2,'ok','2026-03-01 12:00:00.123456','2026-03-01 12:00:00.123456','2026-03-01 12:00:00.123456','0.0012','reported',800,128,7,NULL,801,'0.00120150','Local','127.0.0.1:8000','llava','llava-1.6',NULL,NULL,NULL,NULL,NULL,1,NULL,NULL,'{"input": "1.50", "output": "6.00"}','{"temperature": 0.2, "system": "\u770b\u56fe"}','[]','{}','<think>It is red.</think>A red square of me.',0);
INSERT INTO "attempts" VALUES('you','t1','c1','a1',1,'failed','2026-03-01 12:00:00.123456','2026-03-01 12:01:00.123456','2026-03-01 12:01:00.123456',NULL,'none',NULL,NULL,NULL,NULL,801,'0.00120150','Local','127.0.0.1:8000','llava',NULL,NULL,NULL,'upstream',529,NULL,1,NULL,NULL,'{"input": "1.50", "output": "6.00"}','{"temperature": 0.2, "system": "\u770b\u56fe"}','[]','{}','',0);
INSERT INTO "attempts" VALUES('you','t1b','c1','a1',2,'ok','2026-03-01 12:00:00.123456','2026-03-01 12:01:00.123456','2026-03-01 12:01:00.123456','0.0012','reported',800,128,7,NULL,801,'0.00120150','Local','127.0.0.1:8000','llava','llava-1.6',NULL,NULL,NULL,NULL,NULL,1,NULL,NULL,'{"input": "1.50", "output": "6.00"}','{"temperature": 0.2, "system": "\u770b\u56fe"}','[]','{}','<think>It is red.</think>A red square of you.',0);
INSERT INTO "attempts" VALUES('me','t2','c1','a2',1,'ok','2026-03-01 12:00:00.123456','2026-03-01 12:02:00.123456','2026-03-01 12:02:00.123456','0.0003','estimated',NULL,NULL,NULL,NULL,801,'0.00120150','Local','127.0.0.1:8000','llava',NULL,NULL,NULL,NULL,NULL,NULL,1,NULL,NULL,'{"input": "1.50", "output": "6.00"}','{"temperature": 0.2, "system": "\u770b\u56fe"}','[]','{}','42 euros.',0);
INSERT INTO "attempts" VALUES('me','t3','c3','a3',1,'stopped','2026-03-01 12:00:00.123456','2026-03-01 12:02:00.123456','2026-03-01 12:02:00.123456',NULL,'none',NULL,NULL,NULL,NULL,801,'0.00120150','Local','127.0.0.1:8000','llava',NULL,NULL,NULL,NULL,NULL,NULL,1,NULL,NULL,'{"input": "1.50", "output": "6.00"}','{"temperature": 0.2, "system": "\u770b\u56fe"}','[]','{}','A bl',0);
CREATE TABLE comparison_cells (
	owner VARCHAR NOT NULL, 
	id VARCHAR NOT NULL, 
	comparison_id VARCHAR NOT NULL, 
	position INTEGER NOT NULL, 
	question INTEGER NOT NULL, 
	"column" INTEGER NOT NULL, 
	repeat INTEGER NOT NULL, 
	state VARCHAR NOT NULL, 
	outcome VARCHAR, 
	cost VARCHAR(64), 
	usage_source VARCHAR NOT NULL, 
	input_tokens BIGINT, 
	cached_tokens BIGINT, 
	output_tokens BIGINT, 
	reasoning_tokens BIGINT, 
	estimated_input_tokens BIGINT, 
	estimated_cost VARCHAR(64), 
	model_answered TEXT, 
	streamed BOOLEAN, 
	finish_reason TEXT, 
	code VARCHAR, 
	status INTEGER, 
	request_id TEXT, 
	attempts INTEGER NOT NULL, 
	ms_first BIGINT, 
	ms_total BIGINT, 
	letters JSON NOT NULL, 
	prices JSON NOT NULL, 
	left_out JSON NOT NULL, 
	error_data JSON NOT NULL, 
	text TEXT NOT NULL, 
	stop_asked BOOLEAN DEFAULT 0 NOT NULL, 
	PRIMARY KEY (owner, id), 
	FOREIGN KEY(owner, comparison_id) REFERENCES comparisons (owner, id) ON DELETE CASCADE
);
INSERT INTO "comparison_cells" VALUES('me','cell1-0','cmp1',0,0,0,1,'ok','ok','0.002','none',NULL,NULL,NULL,NULL,800,'0.002',NULL,NULL,NULL,NULL,NULL,NULL,1,NULL,NULL,'["A"]','{"input": "2.50"}','[]','{}','A cat.',0);
INSERT INTO "comparison_cells" VALUES('me','cell1-1','cmp1',1,0,1,1,'waiting',NULL,NULL,'none',NULL,NULL,NULL,NULL,800,'0.002',NULL,NULL,NULL,NULL,NULL,NULL,1,NULL,NULL,'["A"]','{"input": "2.50"}','[]','{}','',0);
INSERT INTO "comparison_cells" VALUES('me','cell1-2','cmp1',2,0,0,1,'waiting',NULL,NULL,'none',NULL,NULL,NULL,NULL,800,'0.002',NULL,NULL,NULL,NULL,NULL,NULL,1,NULL,NULL,'["B"]','{"input": "2.50"}','[]','{}','',0);
INSERT INTO "comparison_cells" VALUES('me','cell1-3','cmp1',3,0,1,1,'waiting',NULL,NULL,'none',NULL,NULL,NULL,NULL,800,'0.002',NULL,NULL,NULL,NULL,NULL,NULL,1,NULL,NULL,'["B"]','{"input": "2.50"}','[]','{}','',0);
CREATE TABLE comparison_images (
	owner VARCHAR NOT NULL, 
	comparison_id VARCHAR NOT NULL, 
	position INTEGER NOT NULL, 
	letter VARCHAR NOT NULL, 
	hash VARCHAR NOT NULL, 
	detail VARCHAR NOT NULL, 
	as_is BOOLEAN NOT NULL, 
	first_frame BOOLEAN NOT NULL, 
	original_width BIGINT, 
	original_height BIGINT, 
	scale INTEGER NOT NULL, 
	box JSON, 
	variant VARCHAR NOT NULL, 
	name TEXT NOT NULL, 
	PRIMARY KEY (owner, comparison_id, position), 
	FOREIGN KEY(owner, comparison_id) REFERENCES comparisons (owner, id) ON DELETE CASCADE, 
	FOREIGN KEY(owner, hash) REFERENCES images (owner, hash)
);
INSERT INTO "comparison_images" VALUES('me','cmp1',0,'A','440a104eadb5f3fe6419109868643df7c5a930c5e05c531dd235d392fc540404','auto',0,0,640,480,100,'null','','a.png');
INSERT INTO "comparison_images" VALUES('me','cmp1',1,'B','5dbf0e5a829999606a3c417cabca0f342e602988aedc983e6a61406eb0d177a6','auto',0,0,640,480,100,'null','','b.png');
CREATE TABLE comparisons (
	owner VARCHAR NOT NULL, 
	id VARCHAR NOT NULL, 
	created_at DATETIME NOT NULL, 
	heartbeat_at DATETIME NOT NULL, 
	mode VARCHAR NOT NULL, 
	"order" VARCHAR NOT NULL, 
	pair_id VARCHAR, 
	repeats INTEGER NOT NULL, 
	again BOOLEAN NOT NULL, 
	lang VARCHAR NOT NULL, 
	title TEXT NOT NULL, 
	models JSON NOT NULL, 
	parameters JSON NOT NULL, 
	questions JSON NOT NULL, 
	PRIMARY KEY (owner, id)
);
INSERT INTO "comparisons" VALUES('me','cmp1','2026-03-01 12:00:00.000000','2026-03-01 12:02:00.123456','each','given','cmp0',1,0,'zh','哪张更清楚？','[{"endpoint": "Local", "host": "127.0.0.1:8000", "model": "llava"}, {"endpoint": "openai", "host": "api.openai.com", "model": "gpt-4o"}]','{"temperature": 0.0, "system": "\u770b\u56fe"}','["\u54ea\u5f20\u66f4\u6e05\u695a\uff1f"]');
CREATE TABLE conversations (
	owner VARCHAR NOT NULL, 
	id VARCHAR NOT NULL, 
	created_at DATETIME NOT NULL, 
	updated_at DATETIME NOT NULL, 
	messages INTEGER NOT NULL, 
	images INTEGER NOT NULL, 
	first_image VARCHAR, 
	model TEXT NOT NULL, 
	title TEXT NOT NULL, 
	starred BOOLEAN DEFAULT 0 NOT NULL, 
	cost FLOAT DEFAULT '0' NOT NULL, 
	deleted_at DATETIME, 
	PRIMARY KEY (owner, id)
);
INSERT INTO "conversations" VALUES('me','c1','2026-03-01 12:00:00.123456','2026-03-01 12:02:00.123456',4,1,'be21aef17f0baf04b1bf148f8a23bda4e879b346a64637fdd711bea012e646a8','llava','图片里有什么',1,0.0015,NULL);
INSERT INTO "conversations" VALUES('you','c1','2026-03-01 12:00:00.123456','2026-03-01 12:01:00.123456',2,1,'be21aef17f0baf04b1bf148f8a23bda4e879b346a64637fdd711bea012e646a8','llava','图片里有什么',0,0.0012,NULL);
INSERT INTO "conversations" VALUES('me','c3','2026-03-01 12:00:00.123456','2026-03-01 12:02:00.123456',2,2,'548c752266def8c110bdce0cb60c3095427d099a2d8b33100e11fc484cc1a4c3','llava','Deleted',0,0.0,'2026-03-01 12:02:00.123456');
CREATE TABLE image_texts (
	owner VARCHAR NOT NULL, 
	hash VARCHAR NOT NULL, 
	text TEXT NOT NULL, 
	PRIMARY KEY (owner, hash), 
	FOREIGN KEY(owner, hash) REFERENCES images (owner, hash) ON DELETE CASCADE
);
INSERT INTO "image_texts" VALUES('me','be21aef17f0baf04b1bf148f8a23bda4e879b346a64637fdd711bea012e646a8','ROT 17');
CREATE TABLE images (
	owner VARCHAR NOT NULL, 
	hash VARCHAR NOT NULL, 
	media_type VARCHAR NOT NULL, 
	bytes BIGINT NOT NULL, 
	thumbnail BLOB NOT NULL, 
	content BLOB NOT NULL, 
	PRIMARY KEY (owner, hash)
);
INSERT INTO "images" VALUES('me','be21aef17f0baf04b1bf148f8a23bda4e879b346a64637fdd711bea012e646a8','image/png',79,X'89504E470D0A1A0A0000000D4948445200000002000000020802000000FDD49A730000001649444154789C63FCCFC0C0C0C0C0C4C0C0C0C0C000000D1D01036AC29BE90000000049454E44AE426082',X'89504E470D0A1A0A0000000D4948445200000002000000020802000000FDD49A730000001649444154789C63FCCFC0C0C0C0C0C4C0C0C0C0C000000D1D01036AC29BE90000000049454E44AE426082');
INSERT INTO "images" VALUES('you','be21aef17f0baf04b1bf148f8a23bda4e879b346a64637fdd711bea012e646a8','image/png',79,X'89504E470D0A1A0A0000000D4948445200000002000000020802000000FDD49A730000001649444154789C63FCCFC0C0C0C0C0C4C0C0C0C0C000000D1D01036AC29BE90000000049454E44AE426082',X'89504E470D0A1A0A0000000D4948445200000002000000020802000000FDD49A730000001649444154789C63FCCFC0C0C0C0C0C4C0C0C0C0C000000D1D01036AC29BE90000000049454E44AE426082');
INSERT INTO "images" VALUES('me','548c752266def8c110bdce0cb60c3095427d099a2d8b33100e11fc484cc1a4c3','image/png',79,X'89504E470D0A1A0A0000000D4948445200000002000000020802000000FDD49A730000001649444154789C636460F8CFC0C0C0C4C0C0C0C0C000000B1F01039885977E0000000049454E44AE426082',X'89504E470D0A1A0A0000000D4948445200000002000000020802000000FDD49A730000001649444154789C636460F8CFC0C0C0C4C0C0C0C0C000000B1F01039885977E0000000049454E44AE426082');
INSERT INTO "images" VALUES('me','440a104eadb5f3fe6419109868643df7c5a930c5e05c531dd235d392fc540404','image/png',10,X'736D616C6C2061',X'636F6D70617265642061');
INSERT INTO "images" VALUES('me','5dbf0e5a829999606a3c417cabca0f342e602988aedc983e6a61406eb0d177a6','image/png',10,X'736D616C6C2062',X'636F6D70617265642062');
CREATE TABLE message_images (
	owner VARCHAR NOT NULL, 
	message_id VARCHAR NOT NULL, 
	position INTEGER NOT NULL, 
	conversation_id VARCHAR NOT NULL, 
	hash VARCHAR, 
	name TEXT NOT NULL, 
	detail VARCHAR NOT NULL, 
	width BIGINT, 
	height BIGINT, 
	original_width BIGINT, 
	original_height BIGINT, 
	tokens BIGINT, 
	url TEXT, 
	as_is BOOLEAN NOT NULL, 
	first_frame BOOLEAN NOT NULL, 
	PRIMARY KEY (owner, message_id, position), 
	FOREIGN KEY(owner, message_id) REFERENCES messages (owner, id) ON DELETE CASCADE, 
	FOREIGN KEY(owner, conversation_id) REFERENCES conversations (owner, id) ON DELETE CASCADE, 
	FOREIGN KEY(owner, hash) REFERENCES images (owner, hash)
);
INSERT INTO "message_images" VALUES('me','u1',0,'c1','be21aef17f0baf04b1bf148f8a23bda4e879b346a64637fdd711bea012e646a8','红.png','high',640,480,6400,4800,765,NULL,0,0);
INSERT INTO "message_images" VALUES('you','u1',0,'c1','be21aef17f0baf04b1bf148f8a23bda4e879b346a64637fdd711bea012e646a8','红.png','high',640,480,6400,4800,765,NULL,0,0);
INSERT INTO "message_images" VALUES('me','u3',0,'c3','548c752266def8c110bdce0cb60c3095427d099a2d8b33100e11fc484cc1a4c3','cat.png','high',640,480,6400,4800,765,NULL,0,0);
INSERT INTO "message_images" VALUES('me','u3',1,'c3',NULL,'cat.png','high',640,480,6400,4800,765,'https://example.org/a.png',0,0);
CREATE TABLE messages (
	owner VARCHAR NOT NULL, 
	id VARCHAR NOT NULL, 
	conversation_id VARCHAR NOT NULL, 
	parent_id VARCHAR, 
	position INTEGER NOT NULL, 
	role VARCHAR NOT NULL, 
	created_at DATETIME NOT NULL, 
	text TEXT NOT NULL, 
	PRIMARY KEY (owner, id), 
	FOREIGN KEY(owner, conversation_id) REFERENCES conversations (owner, id) ON DELETE CASCADE, 
	FOREIGN KEY(owner, parent_id) REFERENCES messages (owner, id) ON DELETE CASCADE
);
INSERT INTO "messages" VALUES('me','u1','c1',NULL,0,'user','2026-03-01 12:00:00.123456','这张图片里有什么？');
INSERT INTO "messages" VALUES('me','a1','c1','u1',1,'assistant','2026-03-01 12:00:00.123456','');
INSERT INTO "messages" VALUES('you','u1','c1',NULL,0,'user','2026-03-01 12:00:00.123456','这张图片里有什么？');
INSERT INTO "messages" VALUES('you','a1','c1','u1',1,'assistant','2026-03-01 12:00:00.123456','');
INSERT INTO "messages" VALUES('me','u2','c1','a1',2,'user','2026-03-01 12:00:00.123456','And the invoice total?');
INSERT INTO "messages" VALUES('me','a2','c1','u2',3,'assistant','2026-03-01 12:00:00.123456','');
INSERT INTO "messages" VALUES('me','u3','c3',NULL,0,'user','2026-03-01 12:00:00.123456','Deleted');
INSERT INTO "messages" VALUES('me','a3','c3','u3',1,'assistant','2026-03-01 12:00:00.123456','');
CREATE TABLE people (
	owner VARCHAR NOT NULL, 
	role VARCHAR, 
	off BOOLEAN NOT NULL, 
	signed_in_at DATETIME NOT NULL, 
	signed_out_before DATETIME, 
	first_seen DATETIME NOT NULL, 
	last_seen DATETIME NOT NULL, 
	issuer TEXT NOT NULL, 
	subject TEXT NOT NULL, 
	email TEXT NOT NULL, 
	name TEXT NOT NULL, 
	PRIMARY KEY (owner)
);
INSERT INTO "people" VALUES('me','admin',0,'2026-03-01 12:00:00.123456',NULL,'2026-03-01 12:02:00.123456','2026-03-01 12:02:00.123456','https://login.example','17','me@example.org','Me');
CREATE TABLE scenarios (
	owner VARCHAR NOT NULL, 
	id VARCHAR NOT NULL, 
	name TEXT NOT NULL, 
	created_at DATETIME NOT NULL, 
	updated_at DATETIME NOT NULL, 
	params TEXT NOT NULL, 
	PRIMARY KEY (owner, id), 
	UNIQUE (owner, name)
);
INSERT INTO "scenarios" VALUES('me','32f774b4302e404e825df59fb292c3cc','Receipts','2026-03-01 12:02:00.123456','2026-03-01 12:02:00.123456','v=1');
CREATE TABLE search_keys (
	number INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	owner VARCHAR NOT NULL, 
	conversation_id VARCHAR NOT NULL, 
	UNIQUE (owner, conversation_id), 
	FOREIGN KEY(owner, conversation_id) REFERENCES conversations (owner, id) ON DELETE CASCADE
);
INSERT INTO "search_keys" VALUES(1,'me','c1');
INSERT INTO "search_keys" VALUES(2,'you','c1');
INSERT INTO "search_keys" VALUES(3,'me','c3');
CREATE TABLE shares (
	owner VARCHAR NOT NULL, 
	id VARCHAR NOT NULL, 
	hash VARCHAR NOT NULL, 
	kind VARCHAR NOT NULL, 
	target_id VARCHAR NOT NULL, 
	created_at DATETIME NOT NULL, 
	ends_at DATETIME NOT NULL, 
	revoked_at DATETIME, 
	with_costs BOOLEAN NOT NULL, 
	with_names BOOLEAN NOT NULL, 
	person TEXT NOT NULL, 
	PRIMARY KEY (owner, id), 
	UNIQUE (hash)
);
INSERT INTO "shares" VALUES('me','s1','0000000000000000000000000000000000000000000000000000000000000000','conversation','c1','2026-03-01 12:00:00.123456','2026-03-08 12:00:00.123456',NULL,0,0,'');
CREATE TABLE tags (
	owner VARCHAR NOT NULL, 
	conversation_id VARCHAR NOT NULL, 
	tag TEXT NOT NULL, 
	PRIMARY KEY (owner, conversation_id, tag), 
	FOREIGN KEY(owner, conversation_id) REFERENCES conversations (owner, id) ON DELETE CASCADE
);
INSERT INTO "tags" VALUES('me','c1','工作');
CREATE TABLE team_visible (
	owner VARCHAR NOT NULL, 
	conversation_id VARCHAR NOT NULL, 
	since DATETIME NOT NULL, 
	name TEXT NOT NULL, 
	PRIMARY KEY (owner, conversation_id), 
	FOREIGN KEY(owner, conversation_id) REFERENCES conversations (owner, id) ON DELETE CASCADE
);
INSERT INTO "team_visible" VALUES('me','c1','2026-03-01 12:02:00.123456','Me');
CREATE TABLE usage_events (
	owner VARCHAR NOT NULL, 
	id VARCHAR NOT NULL, 
	at DATETIME NOT NULL, 
	beat_at DATETIME NOT NULL, 
	state VARCHAR NOT NULL, 
	kind VARCHAR NOT NULL, 
	images INTEGER NOT NULL, 
	amount BIGINT NOT NULL, 
	priced BOOLEAN NOT NULL, 
	estimated_cost VARCHAR(64), 
	cost VARCHAR(64), 
	input_tokens BIGINT, 
	output_tokens BIGINT, 
	subject VARCHAR NOT NULL, 
	endpoint TEXT NOT NULL, 
	host TEXT NOT NULL, 
	model TEXT NOT NULL, 
	PRIMARY KEY (owner, id)
);
INSERT INTO "usage_events" VALUES('me','r1','2026-03-01 12:02:00.123456','2026-03-01 12:02:00.123456','settled','server',2,20000000000,1,'0.01','0.02',900,20,'t1','Local','127.0.0.1:8000','llava');
CREATE TABLE votes (
	owner VARCHAR NOT NULL, 
	slug VARCHAR NOT NULL, 
	lang VARCHAR NOT NULL, 
	helpful BOOLEAN NOT NULL, 
	at DATETIME NOT NULL, 
	PRIMARY KEY (owner, slug)
);
INSERT INTO "votes" VALUES('me','cost','zh',1,'2026-03-01 12:02:00.123456');
CREATE TABLE wrong_passwords (
	id VARCHAR NOT NULL, 
	place VARCHAR NOT NULL, 
	count INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	PRIMARY KEY (id)
);
INSERT INTO "wrong_passwords" VALUES('e897cee204854f42aef81d1562f70b81','192.0.2.1',1,'2026-03-01 12:02:00.123456');
CREATE INDEX conversations_in_history ON conversations (owner, deleted_at, updated_at, id);
CREATE INDEX comparisons_in_history ON comparisons (owner, created_at, id);
CREATE INDEX comparisons_by_pair ON comparisons (owner, pair_id, created_at, id);
CREATE INDEX shares_by_target ON shares (owner, kind, target_id);
CREATE INDEX wrong_passwords_by_time ON wrong_passwords (at);
CREATE INDEX wrong_passwords_by_place ON wrong_passwords (place, at);
CREATE INDEX usage_by_owner ON usage_events (owner, at, state, beat_at, kind, images, amount, priced);
CREATE INDEX usage_by_time ON usage_events (at, state, beat_at, kind, images, amount, priced);
CREATE INDEX messages_by_parent ON messages (owner, parent_id);
CREATE INDEX messages_in_order ON messages (owner, conversation_id, position);
CREATE INDEX tags_by_name ON tags (owner, tag, conversation_id);
CREATE INDEX comparison_images_by_hash ON comparison_images (owner, hash);
CREATE INDEX comparison_cells_in_order ON comparison_cells (owner, comparison_id, position);
CREATE INDEX message_images_by_hash ON message_images (owner, hash);
CREATE INDEX message_images_by_conversation ON message_images (owner, conversation_id);
CREATE INDEX attempts_by_start ON attempts (owner, started_at, conversation_id);
CREATE INDEX attempts_by_conversation ON attempts (owner, conversation_id);
CREATE INDEX attempts_by_model ON attempts (owner, model, conversation_id);
CREATE INDEX attempts_by_message ON attempts (owner, message_id);
CREATE VIRTUAL TABLE search_index USING fts5(scope, words, tokenize='ascii');
INSERT INTO search_index (rowid, scope, words) VALUES (1048576, 'o2744ccd10c7533bd736ad890', '图片 片里 里有 有什 什么 么');
INSERT INTO search_index (rowid, scope, words) VALUES (1048577, 'o2744ccd10c7533bd736ad890', '这张 张图 图片 片里 里有 有什 什么 么 rot 17');
INSERT INTO search_index (rowid, scope, words) VALUES (1048578, 'o2744ccd10c7533bd736ad890', 'think it is red think a red square of me');
INSERT INTO search_index (rowid, scope, words) VALUES (1048579, 'o2744ccd10c7533bd736ad890', 'and the invoice total');
INSERT INTO search_index (rowid, scope, words) VALUES (1048580, 'o2744ccd10c7533bd736ad890', '42 euros');
INSERT INTO search_index (rowid, scope, words) VALUES (2097152, 'obb0347a468d97e98a9c00e37', '图片 片里 里有 有什 什么 么');
INSERT INTO search_index (rowid, scope, words) VALUES (2097153, 'obb0347a468d97e98a9c00e37', '这张 张图 图片 片里 里有 有什 什么 么');
INSERT INTO search_index (rowid, scope, words) VALUES (2097154, 'obb0347a468d97e98a9c00e37', 'think it is red think a red square of you');
INSERT INTO search_index (rowid, scope, words) VALUES (3145728, 'o2744ccd10c7533bd736ad890', 'deleted');
INSERT INTO search_index (rowid, scope, words) VALUES (3145729, 'o2744ccd10c7533bd736ad890', 'deleted');
INSERT INTO search_index (rowid, scope, words) VALUES (3145730, 'o2744ccd10c7533bd736ad890', 'a bl');
COMMIT;
