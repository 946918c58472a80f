// Words of pairing a device.
export const words = {
  "pair.title": ["Pasangkan perangkat ini", "Pair this device"],
  "pair.lead": ["Ketik kode dari kepala cabang.", "Type the code from the branch manager."],
  "pair.code": ["Kode", "Code"],
  "pair.send": ["Pasangkan", "Pair"],
  "pair.eight": ["Kode terdiri atas delapan huruf.", "A code has eight letters."],
  "pair.where": ["Kepala cabang membuat kode di layarnya: Perangkat, lalu Buat kode. Kode berlaku sepuluh menit.", "The branch manager makes a code on their screen: Devices, then Make a code. A code is good for ten minutes."]
};
