// Words of pairing a device.
export const words = {
  "pair.title": ["Pasangkan layar ini", "Pair this screen"],
  "pair.starting": ["Meminta kode dari server cabang…", "Asking the branch server for a code…"],
  "pair.lost": ["Server cabang tidak menjawab. Layar ini mencoba terus.", "The branch server does not answer. This screen keeps trying."],
  "pair.how_open": ["Kepala cabang membuka {address} di layarnya sendiri, halaman Perangkat.", "The branch manager opens {address} on their own screen, page Devices."],
  "pair.how_type": ["Di sana ia mengetik kode ini dan memilih layar ini menjadi apa.", "There they type this code and choose what this screen becomes."],
  "pair.how_wait": ["Layar ini lalu berganti sendiri. Tidak perlu menyentuh apa pun.", "This screen then changes by itself. Nothing has to be touched here."],
  "pair.qr": ["Kode QR untuk kepala cabang", "QR code for the branch manager"],
  "pair.qr_why": ["Atau: kepala cabang memindai kode ini dengan ponsel, masuk, dan mencocokkan kodenya.", "Or: the branch manager scans this with a phone, signs in and compares the code."],
  "pair.left": ["Kode berlaku {time} lagi, lalu diganti sendiri.", "The code is good for {time} more, then another one comes."],
  "pair.denied": ["Layar ini ditolak", "This screen was turned away"],
  "pair.denied_why": ["Kepala cabang tidak menerima layar ini. Bicaralah dengannya sebelum mencoba lagi.", "The branch manager did not let this screen in. Speak to them before trying again."],
  "pair.anew": ["Minta kode baru", "Ask for a new code"],
  "pair.already": ["Layar ini sudah dipasangkan", "This screen is paired already"],
  "pair.already_as": ["Namanya \"{name}\". Kode baru hanya perlu bila layar ini harus menjadi sesuatu yang lain.", "It is called \"{name}\". A new code is only needed if it shall become something else."],
  "pair.go_on": ["Lanjutkan", "Go on"]
};
