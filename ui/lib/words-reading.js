// Words of reading numbers and calls aloud. JSON, read by Go too.
export const words = {
  "reading.units": ["nol|satu|dua|tiga|empat|lima|enam|tujuh|delapan|sembilan", "zero|one|two|three|four|five|six|seven|eight|nine"],
  "reading.teens": ["sepuluh|sebelas|dua belas|tiga belas|empat belas|lima belas|enam belas|tujuh belas|delapan belas|sembilan belas", "ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen"],
  "reading.tens": ["||dua puluh|tiga puluh|empat puluh|lima puluh|enam puluh|tujuh puluh|delapan puluh|sembilan puluh", "||twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"],
  "reading.call": ["Nomor antrean {numbers}, silakan masuk ke {room}.", "{count|Number|Numbers} {numbers}, please go to {room}."],
  "reading.recall": ["Panggilan ulang. Nomor antrean {numbers}, silakan masuk ke {room}.", "Second call. {count|Number|Numbers} {numbers}, please go to {room}."],
  "reading.undone": ["Nomor antrean {numbers}, mohon tunggu kembali.", "{count|Number|Numbers} {numbers}, please wait again."]
};
