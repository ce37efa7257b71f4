// A box [left, top, right, bottom] in pixels of the original, and what can be done to it. null is
// the whole picture.
const LEAST = 8; // px of the original that a side has, unless the picture is smaller

const span = (size) => size.map((side) => Math.min(LEAST, side));

// Between two corners, in whole pixels.
const spanned = ([ax, ay], [bx, by], [wide, high]) => [
  between(0, Math.floor(Math.min(ax, bx)), wide), between(0, Math.floor(Math.min(ay, by)), high),
  between(0, Math.ceil(Math.max(ax, bx)), wide), between(0, Math.ceil(Math.max(ay, by)), high)];

const moved = ([left, top, right, bottom], across, down, [wide, high]) => {
  const x = Math.round(between(-left, across, wide - right));
  const y = Math.round(between(-top, down, high - bottom));
  return [left + x, top + y, right + x, bottom + y];
};

// sides: which of "left", "top", "right", "bottom" go along.
const stretched = ([left, top, right, bottom], sides, across, down, size) => {
  const [least, low] = span(size);
  const has = (side) => sides.includes(side);
  return [
    has("left") ? Math.round(between(0, left + across, right - least)) : left,
    has("top") ? Math.round(between(0, top + down, bottom - low)) : top,
    has("right") ? Math.round(between(left + least, right + across, size[0])) : right,
    has("bottom") ? Math.round(between(top + low, bottom + down, size[1])) : bottom];
};

const isWhole = (box, [wide, high]) =>
  box[0] <= 0 && box[1] <= 0 && box[2] >= wide && box[3] >= high;

// Where [x, y] is: sides within reach of it, "inside" or "outside".
const touched = (box, [x, y], reach) => {
  const [left, top, right, bottom] = box;
  const [across, down] = reach;
  if (x < left - across || x > right + across || y < top - down || y > bottom + down) return "outside";
  // The nearer of two sides, so that a small box can still be made larger.
  const beside = x - left < right - x ? "left" : "right";
  const above = y - top < bottom - y ? "top" : "bottom";
  const sides = [];
  if (Math.abs(x - (beside === "left" ? left : right)) <= Math.min(across, (right - left) / 3 + across / 2)) sides.push(beside);
  if (Math.abs(y - (above === "top" ? top : bottom)) <= Math.min(down, (bottom - top) / 3 + down / 2)) sides.push(above);
  return sides.length ? sides : "inside";
};
