"""What is accepted, and where each number comes from."""

MEGABYTE = 1_000_000

MAX_SENT_BYTES = 20 * MEGABYTE
"""The API's limit for one image ("20MB per image", vision FAQ)."""

MAX_ORIGINAL_BYTES = 50 * MEGABYTE
MAX_ORIGINAL_PIXELS = 100_000_000
"""Ours: what may come in. Larger files are nobody's photo or screenshot."""

MAX_DECODE_BYTES = 1000 * MEGABYTE
"""Memory that decoding may need: any 100 megapixels but those of
transparent or animated WebP, of which 62 fit."""

MAX_SEGMENTS = 65_536
"""Segments, chunks or blocks of one file. A 50 MB PNG with 8 kB chunks has 6,400."""

MAX_SCANS = 100
MAX_SCAN_PIXELS = 1_500_000_000
"""JPEG scans, and scans x pixels: each scan costs time in proportion to the picture. Encoders
write about 10 scans; 100 megapixels in 12 scans still pass."""

MAX_METADATA_BYTES = 4 * MEGABYTE
"""An ICC profile, EXIF or XMP block larger than this, packed or unpacked, is ignored."""

MAX_JPEG_SIDE = 65_500
MAX_WEBP_SIDE = 16_383
"""What the encoders can write."""

DEFAULT_SIDE = 2_048
"""Long side for a model about which nothing is known, so that requests stay reasonable."""
