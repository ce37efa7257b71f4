PRAGMA application_id=1416984430;
PRAGMA user_version=1;
BEGIN TRANSACTION;
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
	PRIMARY KEY (owner, id), 
	FOREIGN KEY(owner, conversation_id) REFERENCES conversations (owner, id) ON DELETE CASCADE, 
	FOREIGN KEY(owner, message_id) REFERENCES messages (owner, id) ON DELETE CASCADE
);
INSERT INTO "attempts" VALUES('me','t1','c1','a1',1,'ok','2026-03-01 12:00:00.123456','2026-03-01 12:00:00.123456','2026-03-01 12:00:00.123456','0.10','none',NULL,NULL,NULL,NULL,801,'0.00120150','Local','127.0.0.1:8000','llava',NULL,NULL,NULL,NULL,NULL,NULL,1,NULL,NULL,'{"input": "1.50", "output": "6.00"}','{"temperature": 0.2, "system": "\u770b\u56fe"}','[]','{}','一只橘猫坐在窗台上。');
INSERT INTO "attempts" VALUES('me','t2','c1','a2',1,'interrupted','2026-03-01 12:00:00.123456','2026-03-01 12:01:00.123456','2026-03-01 12:01:00.123456','0.2','none',NULL,NULL,NULL,NULL,801,'0.00120150','Local','127.0.0.1:8000','gpt-x',NULL,NULL,NULL,NULL,NULL,NULL,1,NULL,NULL,'{"input": "1.50", "output": "6.00"}','{"temperature": 0.2, "system": "\u770b\u56fe"}','[]','{}','The inv');
INSERT INTO "attempts" VALUES('me','t3','c1','a2',2,'ok','2026-03-01 12:00:00.123456','2026-03-01 12:01:00.123456','2026-03-01 12:01:00.123456',NULL,'none',NULL,NULL,NULL,NULL,801,'0.00120150','Local','127.0.0.1:8000','gpt-x',NULL,NULL,NULL,NULL,NULL,NULL,1,NULL,NULL,'{"input": "1.50", "output": "6.00"}','{"temperature": 0.2, "system": "\u770b\u56fe"}','[]','{}','The invoice total is 42 euros.');
INSERT INTO "attempts" VALUES('me','t4','c4','a4',1,'running','2026-03-01 12:00:00.123456','2026-03-01 12:02:00.123456',NULL,NULL,'none',NULL,NULL,NULL,NULL,801,'0.00120150','Local','127.0.0.1:8000','llava',NULL,NULL,NULL,NULL,NULL,NULL,1,NULL,NULL,'{"input": "1.50", "output": "6.00"}','{"temperature": 0.2, "system": "\u770b\u56fe"}','[]','{}','');
INSERT INTO "attempts" VALUES('you','t1','c1','a1',1,'ok','2026-03-01 12:00:00.123456','2026-03-01 12:02:00.123456','2026-03-01 12:02:00.123456','0.0012','none',NULL,NULL,NULL,NULL,801,'0.00120150','Local','127.0.0.1:8000','llava',NULL,NULL,NULL,NULL,NULL,NULL,1,NULL,NULL,'{"input": "1.50", "output": "6.00"}','{"temperature": 0.2, "system": "\u770b\u56fe"}','[]','{}','A cat.');
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
	PRIMARY KEY (owner, id)
);
INSERT INTO "conversations" VALUES('me','c1','2026-03-01 12:00:00.123456','2026-03-01 12:01:00.123456',4,2,'bdd295acb9859817b9da544524ed3525a64f61bf5edb16deb0c28b6ae63d378b','gpt-x','图片里有什么');
INSERT INTO "conversations" VALUES('me','c4','2026-03-01 12:00:00.123456','2026-03-01 12:02:00.123456',2,0,NULL,'llava','No picture');
INSERT INTO "conversations" VALUES('you','c1','2026-03-01 12:00:00.123456','2026-03-01 12:02:00.123456',2,1,'bdd295acb9859817b9da544524ed3525a64f61bf5edb16deb0c28b6ae63d378b','llava','Yours');
CREATE TABLE images (
	owner VARCHAR NOT NULL, 
	hash VARCHAR NOT NULL, 
	media_type VARCHAR NOT NULL, 
	bytes BIGINT NOT NULL, 
	thumbnail BLOB NOT NULL, 
	content BLOB NOT NULL, 
	PRIMARY KEY (owner, hash)
);
INSERT INTO "images" VALUES('me','bdd295acb9859817b9da544524ed3525a64f61bf5edb16deb0c28b6ae63d378b','image/png',7,X'736D616C6C2031',X'696D6167652031');
INSERT INTO "images" VALUES('me','32708aa33e13cb8601678e3ffe6f522035ce3c0b8278e440299e72b1cfdcd0b9','image/png',7,X'736D616C6C2032',X'696D6167652032');
INSERT INTO "images" VALUES('you','bdd295acb9859817b9da544524ed3525a64f61bf5edb16deb0c28b6ae63d378b','image/png',7,X'736D616C6C2031',X'696D6167652031');
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
INSERT INTO "message_images" VALUES('me','u1',0,'c1','bdd295acb9859817b9da544524ed3525a64f61bf5edb16deb0c28b6ae63d378b','cat.png','high',640,480,6400,4800,765,NULL,0,0);
INSERT INTO "message_images" VALUES('me','u2',0,'c1','32708aa33e13cb8601678e3ffe6f522035ce3c0b8278e440299e72b1cfdcd0b9','cat.png','high',640,480,6400,4800,765,NULL,0,0);
INSERT INTO "message_images" VALUES('you','u1',0,'c1','bdd295acb9859817b9da544524ed3525a64f61bf5edb16deb0c28b6ae63d378b','cat.png','high',640,480,6400,4800,765,NULL,0,0);
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
INSERT INTO "messages" VALUES('me','u2','c1','a1',2,'user','2026-03-01 12:00:00.123456','And the invoice total?');
INSERT INTO "messages" VALUES('me','a2','c1','u2',3,'assistant','2026-03-01 12:00:00.123456','');
INSERT INTO "messages" VALUES('me','u4','c4',NULL,0,'user','2026-03-01 12:00:00.123456','What is this? 4');
INSERT INTO "messages" VALUES('me','a4','c4','u4',1,'assistant','2026-03-01 12:00:00.123456','');
INSERT INTO "messages" VALUES('you','u1','c1',NULL,0,'user','2026-03-01 12:00:00.123456','secret zebra');
INSERT INTO "messages" VALUES('you','a1','c1','u1',1,'assistant','2026-03-01 12:00:00.123456','');
CREATE INDEX conversations_by_change ON conversations (owner, updated_at, id);
CREATE INDEX messages_in_order ON messages (owner, conversation_id, position);
CREATE INDEX messages_by_parent ON messages (owner, parent_id);
CREATE INDEX message_images_by_hash ON message_images (owner, hash);
CREATE INDEX message_images_by_conversation ON message_images (owner, conversation_id);
CREATE INDEX attempts_by_conversation ON attempts (owner, conversation_id);
CREATE INDEX attempts_by_message ON attempts (owner, message_id);
COMMIT;
