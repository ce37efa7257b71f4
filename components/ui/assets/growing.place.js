export default function ({ data, parentElement }) {
  return growing.place(parentElement, data);
}
