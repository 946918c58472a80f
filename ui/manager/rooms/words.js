// Words of rooms that several pages say: lengths and their decimal sign.
export const words = {
  "rooms.metres": ["{whole},{part}", "{whole}.{part}"],
  "rooms.m": ["{n} m", "{n} m"],
  "rooms.comma": [",", "."],
  "rooms.keep": ["Jangan hapus", "Keep it"]
};
